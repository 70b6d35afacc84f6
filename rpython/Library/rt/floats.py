# Operators of floats that are no instructions.
import _mu


def float_mod(a, b):
    a = float(a)
    b = float(b)
    if b == 0.0:
        raise ZeroDivisionError
    r = _mu.fmod(a, b)
    if r != 0.0 and (r < 0.0) != (b < 0.0):
        r += b
    return r


def float_floordiv(a, b):
    a = float(a)
    b = float(b)
    if b == 0.0:
        raise ZeroDivisionError
    return _mu.floor(a / b)
