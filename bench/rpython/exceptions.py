# Raising through two frames, and catching.
class Found(Exception):
    def __init__(self, value):
        self.value = value


def check(i):
    if i % 3 == 0:
        raise Found(i)
    return 1


def middle(i):
    return check(i) + 1


def run(n):
    total = 0
    for i in range(n):
        try:
            total += middle(i)
        except Found as e:
            total += e.value % 7
    return total


def entry_point(argv):
    n = 60000000
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
