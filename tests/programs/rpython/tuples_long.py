# Tuples of many items as text; zip.


def numbers(n):
    return (n, n + 1, "x" * n, 'c', n > 2 and n or -n, n * 3, n * 4, n * 5, n * 6)


def many(n):
    return (n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, (n, -n))


def pairs(a, b):
    return zip(a, b)


def entry_point(argv):
    n = len(argv) + 2
    t = numbers(n)
    print len(t), str((t[0], t[1], t[2] == 'xxx' and 1 or 0, 7, t[4], t[5], t[6], t[7], t[8]))
    print str(many(n))
    print "%s and %s" % (str(many(5)), n)
    for a, b in pairs([1, 2, n], ["one", "two", "three", "four"]):
        print a, b
    p = pairs([4, 5], ["vier", "fuenf"])
    p.append((6, "sechs"))
    print len(p), p[2][0], p[2][1]
    q = zip([1.5, 2.5, 3.5], "abc", range(n - 1))
    print len(q), q[1][1], q[1][2], q[0][0] > q[1][0] and 1 or 0
    return 0


def target(driver, args):
    return entry_point, None
