def area(r):
    from math import pi
    return pi * r * r


def join(parts):
    import os.path
    p = parts[0]
    for x in parts[1:]:
        p = os.path.join(p, x)
    return p


def entry_point(argv):
    print "%.4f" % area(2.0 * len(argv)), join(["a", "b", "c"])
    import sys
    print sys.maxint
    return 0


def target(*args):
    return entry_point
