# rlib.rarithmetic
import sys
import _mu

ovfcheck = _mu.ovfcheck
intmask = _mu.intmask
widen = _mu.widen
r_uint = _mu.r_uint
r_int = int
r_longlong = int
r_int64 = int
r_ulonglong = _mu.r_uint
r_uint64 = _mu.r_uint
r_int32 = _mu.r_int32
r_uint32 = _mu.r_uint32
r_singlefloat = float
LONG_BIT = 64
LONGLONG_BIT = 64
LONG_MASK = 2 ** 64 - 1
LONG_TEST = 2 ** 63
LONG_BIT_SHIFT = 6
INT_MAX = 2 ** 31 - 1
UINT_MAX = 2 ** 32 - 1
maxint = 0x7fffffffffffffff
base_int = int


def most_neg_value_of_same_type(x):
    if isinstance(x, r_uint):
        return r_uint(0)
    return -sys.maxint - 1

most_neg_value_of_same_type._annspecialcase_ = 'specialize:argtype(0)'


def most_pos_value_of_same_type(x):
    if isinstance(x, r_uint):
        return r_uint(LONG_MASK)
    return sys.maxint

most_pos_value_of_same_type._annspecialcase_ = 'specialize:argtype(0)'


def is_emulated_long():
    return False


def longlongmask(n):
    return _mu.intmask(n)


def is_valid_int(n):
    return True


def ovfcheck_lshift(a, b):
    return ovfcheck(a << b)


def ovfcheck_float_to_int(x):
    if x != x or x >= 9223372036854775808.0 or x < -9223372036854775808.0:
        raise OverflowError
    return int(x)


def ovfcheck_float_to_longlong(x):
    return ovfcheck_float_to_int(x)


def int_between(n, m, p):
    return n <= m and m < p


def int_force_ge_zero(n):
    if n < 0:
        return 0
    return n


def int_c_div(x, y):
    r = x // y
    if x < 0 and y > 0 and r * y != x:
        return r + 1
    if x > 0 and y < 0 and r * y != x:
        return r + 1
    return r


def int_c_mod(x, y):
    return x - int_c_div(x, y) * y


def highest_bit(n):
    i = -1
    while n:
        i += 1
        n = n >> 1
    return i


def string_to_int(s, base=10, allow_underscores=False, no_implicit_octal=False):
    # As int(), but says when the number does not fit.
    from rpython.rlib.rstring import ParseStringOverflowError
    value = int(s, base)
    digits = 0
    for c in s:
        if c.isalnum():
            digits += 1
    if digits > 18:
        from rpython.rlib.rbigint import rbigint
        if not rbigint.fromstr(s, base).fits_int():
            raise ParseStringOverflowError(None)
    return value


def uint_mul_high(x, y):
    mask = r_uint(0xffffffff)
    x0 = x & mask
    x1 = x >> 32
    y0 = y & mask
    y1 = y >> 32
    low = x0 * y0
    t = x1 * y0 + (low >> 32)
    u = (t & mask) + x0 * y1
    return x1 * y1 + (t >> 32) + (u >> 32)


def byteswap(n):
    raise NotImplementedError


def check_support_int128():
    return False
