import math


def entry_point(argv):
    x = 0.5 * len(argv)
    for v in [math.sin(x), math.cos(x), math.tan(x), math.atan(x), math.asin(x), math.acos(x), math.exp(x), math.log(x), math.log10(x)]:
        print "%.6f" % v
    print "%.6f %.6f %.6f" % (math.atan2(x, 2.0), math.sinh(x), math.tanh(x))
    m, e = math.frexp(x * 12)
    print "%.4f %d %.4f" % (m, e, math.ldexp(m, e))
    f, w = math.modf(x * 7.5)
    print "%.4f %.4f" % (f, w)
    try:
        math.sqrt(-x)
    except ValueError:
        print "domain"
    return 0


def target(*args):
    return entry_point
