from rpython.rlib.rarithmetic import r_uint, intmask


def entry_point(argv):
    a = r_uint(len(argv))
    b = r_uint(0) - a
    print b, b >> 60, b // r_uint(10), b % r_uint(10)
    print intmask(b), b > a, a < b, b == r_uint(-1)
    print intmask(b * b), intmask(b & r_uint(255)), intmask(~a)
    h = r_uint(0xcbf29ce484222325)
    for c in "hash":
        h = (h ^ r_uint(ord(c))) * r_uint(0x100000001b3)
    print h
    return 0


def target(*args):
    return entry_point
