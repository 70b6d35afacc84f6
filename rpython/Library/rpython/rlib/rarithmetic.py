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
r_longlonglong = _mu.r_longlonglong
r_ulonglonglong = _mu.r_ulonglonglong
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
longlongmax = maxint
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


def longlonglongmask(n):
    return r_longlonglong(n)


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


def without_underscores(s):
    # Between digits only; elsewhere they stay, and int() refuses them.
    kept = []
    for i in range(len(s)):
        if s[i] != '_' or i == 0 or i + 1 == len(s) or not s[i - 1].isalnum() or not s[i + 1].isalnum():
            kept.append(s[i])
    return ''.join(kept)


def string_to_int(s, base=10, allow_underscores=False, no_implicit_octal=False):
    # As int(), but says when the number does not fit.
    from rpython.rlib.rstring import ParseStringOverflowError
    if allow_underscores:
        s = without_underscores(s)
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
    return r_uint((r_ulonglonglong(x) * r_ulonglonglong(y)) >> 64)


def mulmod(a, b, c):
    return intmask((r_longlonglong(a) * r_longlonglong(b)) % r_longlonglong(c))


def byteswap(n):
    if isinstance(n, r_int32):
        return r_int32(swapped_bytes(r_uint(n), 4))
    if isinstance(n, r_uint32):
        return r_uint32(swapped_bytes(r_uint(n), 4))
    if isinstance(n, r_uint):
        return swapped_bytes(n, 8)
    return intmask(swapped_bytes(r_uint(n), 8))

byteswap._annspecialcase_ = 'specialize:argtype(0)'


def swapped_bytes(n, count):
    result = r_uint(0)
    for i in range(count):
        result = (result << 8) | (n & r_uint(0xff))
        n = n >> 8
    return result


def ovfcheck_int32_add(x, y):
    return fits_int32(intmask(x) + intmask(y))


def ovfcheck_int32_sub(x, y):
    return fits_int32(intmask(x) - intmask(y))


def ovfcheck_int32_mul(x, y):
    return fits_int32(intmask(x) * intmask(y))


def fits_int32(z):
    if z != int(r_int32(z)):
        raise OverflowError
    return z


def check_support_int128():
    return True


SHRT_MIN, SHRT_MAX, USHRT_MAX = -2 ** 15, 2 ** 15 - 1, 2 ** 16 - 1
INT_MIN = -2 ** 31
