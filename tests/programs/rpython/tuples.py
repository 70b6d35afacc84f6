def swap(a, b):
    return b, a


def minmax(l):
    low = high = l[0]
    for x in l:
        if x < low:
            low = x
        if x > high:
            high = x
    return low, high


def entry_point(argv):
    n = len(argv)
    a, b = swap(n, 10)
    print a, b, minmax([3, 9, n, 5])
    t = (n, "two", 3.5)
    print t[0], t[1], "%.1f" % t[2], len(t)
    (x, y), z = (n, 2), 3
    print x + y + z, (n, 2) + (3,), (n, 2, 3)[1:]
    d = {}
    d[(n, "k")] = 5
    d[(n, "l")] = 6
    print d[(1, "k")], (1, "l") in d, (2, "l") in d
    l = [(2, "b"), (n, "a")]
    for i, s in l:
        print i, s,
    print
    return 0


def target(*args):
    return entry_point
