def mean(l):
    total = 0.0
    for x in l:
        total += x
    return total / len(l)


def pick(n):
    if n > 3:
        return 1
    return 2.5


def entry_point(argv):
    print "%.2f" % mean([1, 2.5, len(argv)]), "%.1f" % pick(len(argv)), "%.1f" % (pick(9) + 1)
    x = 1
    for i in range(3):
        x = x * 1.5
    print "%.4f" % x
    return 0


def target(*args):
    return entry_point
