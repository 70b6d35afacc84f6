# math
import _mu

pi = 3.141592653589793
e = 2.718281828459045


def sqrt(x):
    x = float(x)
    if x < 0.0:
        raise ValueError('math domain error')
    return _mu.sqrt(x)


def sin(x):
    return _mu.sin(float(x))


def cos(x):
    return _mu.cos(float(x))


def tan(x):
    return _mu.tan(float(x))


def asin(x):
    return _mu.asin(float(x))


def acos(x):
    return _mu.acos(float(x))


def atan(x):
    return _mu.atan(float(x))


def atan2(y, x):
    return _mu.atan2(float(y), float(x))


def sinh(x):
    return _mu.sinh(float(x))


def cosh(x):
    return _mu.cosh(float(x))


def tanh(x):
    return _mu.tanh(float(x))


def exp(x):
    return _mu.exp(float(x))


def log(x):
    x = float(x)
    if x <= 0.0:
        raise ValueError('math domain error')
    return _mu.log(x)


def log10(x):
    x = float(x)
    if x <= 0.0:
        raise ValueError('math domain error')
    return _mu.log10(x)


def pow(x, y):
    return _mu.pow(float(x), float(y))


def fmod(x, y):
    return _mu.fmod(float(x), float(y))


def floor(x):
    return _mu.floor(float(x))


def ceil(x):
    return _mu.ceil(float(x))


def fabs(x):
    return _mu.fabs(float(x))


def isnan(x):
    return x != x


def isinf(x):
    return x - x != 0.0 and x == x


def ldexp(x, n):
    # In steps, so that no power of two leaves the range.
    x = float(x)
    while n > 1000:
        x = x * 1.0715086071862673e301
        n -= 1000
        if isinf(x):
            raise OverflowError('math range error')
    while n < -1000:
        x = x / 1.0715086071862673e301
        n += 1000
        if x == 0.0:
            return x
    return x * _mu.pow(2.0, float(n))


def copysign(x, y):
    x = fabs(x)
    if _mu.float_bits(float(y)) < 0:
        return -x
    return x


def degrees(x):
    return float(x) * (180.0 / pi)


def radians(x):
    return float(x) * (pi / 180.0)


def hypot(x, y):
    return sqrt(float(x) * float(x) + float(y) * float(y))


def modf(x):
    x = float(x)
    whole = floor(fabs(x))
    if x < 0.0:
        whole = -whole
    return x - whole, whole


def frexp(x):
    # x is m * 2 ** e, where m is at least a half and less than 1
    x = float(x)
    if x == 0.0 or isnan(x) or isinf(x):
        return x, 0
    bits = _mu.float_bits(x)
    e = ((bits >> 52) & 0x7ff) - 1022
    if e == -1022:
        m, e = frexp(x * 18014398509481984.0)
        return m, e - 54
    return x / _mu.pow(2.0, float(e)), e


def log1p(x):
    x = float(x)
    if fabs(x) < 1e-5:
        return x - x * x * 0.5 + x * x * x / 3.0
    return log(1.0 + x)


def expm1(x):
    x = float(x)
    if fabs(x) < 1e-5:
        return x + x * x * 0.5 + x * x * x / 6.0
    return exp(x) - 1.0


def asinh(x):
    x = float(x)
    return copysign(log(fabs(x) + sqrt(x * x + 1.0)), x)


def acosh(x):
    x = float(x)
    return log(x + sqrt(x * x - 1.0))


def atanh(x):
    x = float(x)
    return 0.5 * log((1.0 + x) / (1.0 - x))
