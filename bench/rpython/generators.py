# A generator in a for loop.
def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1


def run(n):
    total = 0
    for i in numbers(n):
        if i & 1:
            total += i
    return total


def entry_point(argv):
    n = 100000000
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
