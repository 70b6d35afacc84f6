# Integers of 128 bits (r_longlonglong, r_ulonglonglong): arithmetic, comparison, conversion, as attributes, items, keys and constants.
from rpython.rlib.rarithmetic import r_longlonglong, r_ulonglonglong, r_uint, intmask, mulmod, uint_mul_high, byteswap, r_int32, ovfcheck_int32_add, ovfcheck_int32_mul

BIG = r_longlonglong(1) << 100
NEGATIVE = r_longlonglong(-2 ** 127)
HALF = r_uint(2 ** 63)
TABLE = [r_longlonglong(7), r_longlonglong(10) * 10 ** 20]


class Account(object):
    total = r_longlonglong(0)

    def __init__(self, first):
        self.sum = r_longlonglong(first)

    def add(self, n):
        self.sum = self.sum + n


def parts(n):
    return '%d:%d' % (intmask(n >> 64), intmask(n))


def factorial(n):
    result = r_longlonglong(1)
    while n > 1:
        result = result * r_longlonglong(n)
        n -= 1
    return result


def powers(n):
    return [r_longlonglong(3) * r_longlonglong(i) << 60 for i in range(n)]


def entry_point(argv):
    n = len(argv)
    a = r_longlonglong(1234567890123456789) * n
    b = r_longlonglong(-987654321) * n
    print parts(a * b), parts(a + b), parts(a - b), parts(-a), parts(~a), parts(abs(b))
    print parts(a * a // b), parts(a * a % b), parts(a * a // 7), parts(b % 16), parts(b // 16), parts(b * a % a)
    print parts(a & b), parts(a | b), parts(a ^ b), parts(a << 33), parts(b >> 5), parts(a << 66)
    print a < b, a > b, a == b, a != b, a >= a, b <= 5, b < 0, a > 2 ** 62
    print parts(factorial(30 + n)), str(factorial(30 + n))
    print str(a * b), str(NEGATIVE), str(BIG), '%d' % BIG, str(r_longlonglong(n - 1))
    print str(TABLE[0]), str(TABLE[1]), len(TABLE)
    u = r_ulonglonglong(-1)
    print str(u), str(u // 10), str(u % 1000), str(u >> 64), u > 0
    account = Account(n)
    for i in range(100):
        account.add(BIG)
    print str(account.sum), str(Account.total)
    total = r_longlonglong(0)
    for p in powers(9):
        total += p
    print str(total)
    print intmask(a), int(b), r_uint(a * 16) > 5, float(a), bool(a), bool(a - a)
    print int(r_longlonglong(-2.5e18)), str(r_longlonglong(1e30 * n) >> 10)
    if a and not (b - b):
        print 'truth'
    print mulmod(2 ** 62, 2 ** 61 + n, 1000000007), uint_mul_high(HALF, r_uint(5))
    print byteswap(n), intmask(byteswap(r_int32(n)))
    try:
        ovfcheck_int32_mul(70000 * n, 70000)
    except OverflowError:
        print 'no int32', ovfcheck_int32_add(n, 2)
    try:
        print str(a // (b - b))
    except ZeroDivisionError:
        print 'zero'
    d = {}
    d[a] = 'a'
    d[BIG] = 'big'
    print d[r_longlonglong(1) << 100], d[a * n // n], (a + 1) in d
    t = (a, n, b)
    print str(t[0] + t[1] + t[2])
    return 0

if __name__ == '__main__':
    import sys
    sys.exit(entry_point(sys.argv))
