from math import isnan, isinf
from rpython.rlib.rfloat import INFINITY


def entry_point(argv):
    one = float(len(argv))
    inf = one * INFINITY
    nan = inf - inf
    print isnan(nan), isinf(inf), isnan(one), isinf(-inf)
    print nan == nan, nan != nan, inf > 1e300, -inf < inf
    print float("1e3") == 1000.0, float("  -2.5 ") == -2.5
    try:
        print float("abc")
    except ValueError:
        print "no float"
    return 0


def target(*args):
    return entry_point
