# Keys whose lower bits agree, negative keys, and many deletions: every probe sequence must find its free entry.
def fill(step, n, start):
    d = {}
    k = start
    for i in range(n):
        d[k] = i
        k += step
    return d


def check(d, step, n, start):
    right = 0
    k = start
    for i in range(n):
        if d.get(k, -1) == i:
            right += 1
        if (k + 1) in d:
            right -= 1
        k += step
    return right


def entry_point(argv):
    for step in [2, 16, 1024, 65536, 1 << 20, 1 << 32, 1 << 48, -4096, -(1 << 33)]:
        d = fill(step, 300, 5)
        print("%d %d %d" % (step, len(d), check(d, step, 300, 5)))
    d = {}
    for i in range(2000):
        d[i << 12] = i
        if i % 3:
            del d[i << 12]
        if i % 7 == 0:
            d[-1 - (i << 12)] = -i
    total = 0
    for k in d:
        total += k ^ d[k]
    print("%d %d" % (len(d), total))
    keys = d.keys()
    for k in keys:
        del d[k]
    print("%d" % len(d))
    d[7] = 8
    print("%d %d" % (len(d), d[7]))
    tuples = {}
    for i in range(100):
        for j in range(20):
            tuples[(i << 16, j << 16)] = i * j
    total = 0
    for i in range(100):
        for j in range(20):
            total += tuples[(i << 16, j << 16)]
    print("%d %d" % (len(tuples), total))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
