def entry_point(argv):
    n = len(argv)
    for i in range(10, 0, -3):
        print i,
    for i in xrange(2, 6 + n):
        print i,
    print
    for i, c in enumerate("abc"):
        print i, c,
    for a, b in zip([1, 2, 3], ["x", "y"]):
        print a, b,
    for x in reversed([1, 2, 3]):
        print x,
    print
    i = 0
    while True:
        i += 1
        if i % 2:
            continue
        if i > 6:
            break
        print i,
    else:
        print "never"
    for i in range(3):
        if i == 7:
            break
    else:
        print "no break"
    return 0


def target(*args):
    return entry_point
