# rlib.rfloat
import math
import _mu

USE_SHORT_FLOAT_REPR = True
INFINITY = 1e200 * 1e200
NAN = -(INFINITY - INFINITY)
DBL_MAX = 1.7976931348623157e308
DBL_MIN = 2.2250738585072014e-308
DBL_EPSILON = 2.2204460492503131e-16
DBL_MANT_DIG = 53
DTSF_STR_PRECISION = 12
DTSF_SIGN = 0x1
DTSF_ADD_DOT_0 = 0x2
DTSF_ALT = 0x4
DTSF_CUT_EXP_0 = 0x8
DIST_FINITE = 1
DIST_NAN = 2
DIST_INFINITY = 3


def isnan(x):
    return x != x


def isinf(x):
    return x == INFINITY or x == -INFINITY


def isfinite(x):
    return x - x == 0.0


def copysign(x, y):
    return math.copysign(x, y)


def float_as_rbigint_ratio(value):
    raise NotImplementedError


def string_to_float(s):
    return float(s)


def rstring_to_float(s):
    return float(s)


def double_to_string(value, tp, precision, flags):
    return formatd(value, tp, precision, flags), DIST_FINITE


def formatd(x, code, precision, flags=0):
    result = _mu.format_double(x, ord(code), precision)
    if flags & DTSF_ADD_DOT_0 and isfinite(x):
        plain = True
        for c in result:
            if not (c == '-' or c.isdigit()):
                plain = False
        if plain:
            result += '.0'
    if flags & DTSF_SIGN and x >= 0.0:
        result = '+' + result
    return result


def float_hash(x):
    return _mu.compute_hash(x)


def round_double(value, ndigits, half_even=False):
    if ndigits == 0:
        return round_away(value)
    if ndigits > 22:
        return value
    power = math.pow(10.0, abs(ndigits))
    if ndigits < 0:
        return round_away(value / power) * power
    scaled = value * power
    if not isfinite(scaled):
        return value
    return float(_mu.format_double(value, 102, ndigits))


def round_away(x):
    rounded = math.floor(math.fabs(x) + 0.5)
    if rounded - math.fabs(x) > 0.5:
        rounded -= 1.0
    return math.copysign(rounded, x)


def asinh(x):
    return math.asinh(x)


def acosh(x):
    return math.acosh(x)


def atanh(x):
    return math.atanh(x)


def log1p(x):
    return math.log1p(x)


def expm1(x):
    return math.expm1(x)
