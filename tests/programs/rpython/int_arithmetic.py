import sys
from rpython.rlib.rarithmetic import intmask


def show(a, b):
    print a + b, a - b, a * b, a // b, a % b, a & b, a | b, a ^ b


def entry_point(argv):
    for a in [7, -7, 0, 1 << 40]:
        for b in [3, -3, 16, 1]:
            show(a, b)
    n = sys.maxint
    print intmask(n + len(argv)) == -n - 1
    print -17 // 5, -17 % 5, 17 // -5, 17 % -5
    return 0


def target(*args):
    return entry_point
