import math


def entry_point(argv):
    x = 2.5 * len(argv)
    print "%f %f %f %f" % (x + 1, x - 1, x * 3, x / 4)
    print "%f %f %f" % (x % 2.0, -x % 2.0, x // 2.0)
    print "%.3f %8.2f|%-8.1f|%08.3f" % (x, x, x, x)
    print "%f %f" % (math.sqrt(x), math.pow(x, 3))
    print x > 2, x < 2, x == 2.5, x != 2.5
    print "%f" % math.floor(-x), "%f" % math.ceil(x), "%f" % math.fabs(-x)
    return 0


def target(*args):
    return entry_point
