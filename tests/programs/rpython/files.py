import os, sys
def read_all(name):
    fd = os.open(name, os.O_RDONLY, 0777)
    s = ""
    while True:
        part = os.read(fd, 16)
        if len(part) == 0:
            break
        s += part
    os.close(fd)
    return s
def entry_point(argv):
    name = "/tmp/murpy_files_test_%d.txt" % os.getpid()
    fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0666)
    os.write(fd, "first line\nsecond line, which is longer\n")
    os.close(fd)
    text = read_all(name)
    print len(text), text.split("\n")[1]
    f = open(name, "r")
    print f.readline().strip()
    f.close()
    os.unlink(name)
    try:
        read_all(name)
    except OSError as e:
        print "errno", e.errno
    os.write(1, "direct\n")
    print len(argv)
    return 7
