# Ranges whose step is not constant; numbers in other bases; checked abs; floats as unsigned numbers.
import operator
import sys
from collections import OrderedDict
from rpython.rlib.rarithmetic import ovfcheck, r_uint, intmask
from rpython.rlib.rfloat import formatd, DTSF_ADD_DOT_0
from rpython.rlib.objectmodel import move_to_end

AT_IMPORT = formatd(0.25, 'g', 3) + formatd(2.0, 'r', 0, DTSF_ADD_DOT_0)


def steps(start, stop, step):
    for i in range(start, stop, step):
        print i,
    print


def checked(n):
    try:
        return ovfcheck(abs(n))
    except OverflowError:
        return -1


def entry_point(argv):
    n = len(argv)
    steps(0, 10, n + 2)
    steps(10, 0, -n - 3)
    steps(5, 5, n)
    try:
        steps(0, 5, n - 1)
    except ValueError:
        print "no step"
    print bin(n + 9), bin(-n - 4), bin(n - 1), hex(r_uint(n + 254)), oct(r_uint(n + 7)), hex(r_uint(-n)), bin(r_uint(n + 1))
    print checked(-n), checked(n + 4), checked(-sys.maxint - n)
    print int(r_uint(n * 11381641093478793216.0) == r_uint(11381641093478793216)), intmask(r_uint(n * 12.9))
    print formatd(n * 3.0, 'g', 2), formatd(n * 100.0, 'g', 2), formatd(n * 1e-5, 'g', 4), formatd(n * 123456.0, 'g', 6), formatd(n * 3.0, 'r', 0), formatd(n * 3.0, 'r', 0, DTSF_ADD_DOT_0), formatd(n * 1.25, 'e', 0)
    print AT_IMPORT
    print operator.add(n, 2), operator.add("a", "b" * n), operator.mul(n + 1, 3), operator.neg(n), operator.abs(-n), operator.getitem([4, 5], n), int(operator.truediv(n, 2) == 0.5), int(operator.not_(n))
    d = OrderedDict()
    for k in ["a", "b", "c", "d"]:
        d[k] = n
    move_to_end(d, "b")
    move_to_end(d, "d", False)
    print ",".join(d.keys())
    return 0


def target(*args):
    return entry_point
