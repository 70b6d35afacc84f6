import os


def read_all(fd):
    pieces = []
    while True:
        data = os.read(fd, 7)
        if not data:
            break
        pieces.append(data)
    return "".join(pieces)


def entry_point(argv):
    data = read_all(0)
    print len(data)
    os.write(1, "written\n")
    return 3


def target(*args):
    return entry_point
