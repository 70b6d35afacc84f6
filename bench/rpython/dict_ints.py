# A dict of ints: stores, lookups, deletions.
def run(n):
    d = {}
    for i in range(n):
        k = i * 7919 % 100003
        if k in d:
            d[k] += i
        else:
            d[k] = i
        if i % 11 == 0:
            del d[k]
    total = 0
    for k in d:
        total += k ^ d[k]
    return total


def entry_point(argv):
    n = 20000000
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
