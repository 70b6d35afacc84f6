from rpython.rlib.rarithmetic import ovfcheck, ovfcheck_float_to_int
import sys


def add(a, b):
    try:
        return ovfcheck(a + b)
    except OverflowError:
        return -1


def mul(a, b):
    try:
        return ovfcheck(a * b)
    except OverflowError:
        return -2


def shift(a, b):
    try:
        return ovfcheck(a << b)
    except OverflowError:
        return -3


def neg(a):
    try:
        return ovfcheck(-a)
    except OverflowError:
        return -4


def entry_point(argv):
    n = len(argv)
    print add(n, 5), add(sys.maxint, n), mul(1 << 31, 1 << 31), mul(1 << 32, 1 << 31)
    print shift(n, 10), shift(n + 1, 63), neg(n), neg(-sys.maxint - 1)
    try:
        print ovfcheck_float_to_int(1e30 * n)
    except OverflowError:
        print "too big"
    return 0


def target(*args):
    return entry_point
