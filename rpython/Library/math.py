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
    return float(x) * _mu.pow(2.0, float(n))
