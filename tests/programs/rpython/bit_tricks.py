from rpython.rlib.rarithmetic import r_uint, intmask, LONG_BIT


def popcount(n):
    c = 0
    x = r_uint(n)
    while x:
        x &= x - r_uint(1)
        c += 1
    return c


def rotate(x, k):
    u = r_uint(x)
    return intmask((u << k) | (u >> (LONG_BIT - k)))


def entry_point(argv):
    n = len(argv)
    print popcount(255 * n), popcount(-n), popcount(0), rotate(n, 60), rotate(-2 * n, 1)
    print (n << 62) > 0, intmask((n << 62) * 4), intmask((n << 62) * 2)
    return 0


def target(*args):
    return entry_point
