# rlib.rbigint: ints of any size, with the methods of RPython's; a sign and a magnitude (rt.magnitudes). Numbers do not change.
import _mu
import math
from rpython.rlib.rarithmetic import intmask, r_uint
from rt import magnitudes
from rt.magnitudes import get, put, length

SHIFT = magnitudes.SHIFT


class InvalidEndiannessError(Exception):
    pass


class InvalidSignednessError(Exception):
    pass


def _signed(digits, sign):
    if length(digits) == 0:
        return NULLRBIGINT
    return rbigint(digits, sign)


class rbigint(object):
    _immutable_fields_ = ['_digits[*]']

    def __init__(self, digits=magnitudes.EMPTY, sign=0):
        self._digits = digits
        self.sign = sign

    # From other numbers and text.

    @staticmethod
    def fromint(n):
        n = int(n)
        if n < 0:
            return rbigint(magnitudes.from_word(r_uint(0) - r_uint(n)), -1)
        return _signed(magnitudes.from_word(r_uint(n)), 1)

    @staticmethod
    def frombool(b):
        if b:
            return ONERBIGINT
        return NULLRBIGINT

    @staticmethod
    def fromrarith_int(n):
        return _signed(magnitudes.from_word(r_uint(n)), 1)

    @staticmethod
    def fromfloat(x):
        if x - x != 0.0:
            raise OverflowError if x == x else ValueError
        sign = 1
        if x < 0.0:
            sign = -1
            x = -x
        bits = _mu.float_bits(x)
        exponent = (bits >> 52) - 1075
        mantissa = (bits & 0xfffffffffffff) | 0x10000000000000
        if exponent <= -53:
            return NULLRBIGINT
        digits = magnitudes.from_word(r_uint(mantissa))
        if exponent < 0:
            return _signed(magnitudes.shift_right(digits, -exponent), sign)
        return _signed(magnitudes.shift_left(digits, exponent), sign)

    @staticmethod
    def fromstr(s, base=0, allow_underscores=False):
        s = s.strip()
        if len(s) > 0 and (s[len(s) - 1] == 'l' or s[len(s) - 1] == 'L') and base <= 10:
            s = s[0:len(s) - 1]
        start = 0
        sign = 1
        if start < len(s) and (s[start] == '-' or s[start] == '+'):
            if s[start] == '-':
                sign = -1
            start += 1
        if start + 1 < len(s) and s[start] == '0':
            c = s[start + 1]
            if (c == 'x' or c == 'X') and (base == 0 or base == 16):
                base = 16
                start += 2
            elif (c == 'o' or c == 'O') and (base == 0 or base == 8):
                base = 8
                start += 2
            elif (c == 'b' or c == 'B') and (base == 0 or base == 2):
                base = 2
                start += 2
        if base == 0:
            base = 10
        if start >= len(s):
            raise ValueError
        return _signed(magnitudes.read(s, start, base), sign)

    @staticmethod
    def _from_numberstring_parser(parser):
        # Each digit is looked at first, so that a wrong one is the parser's error.
        parser.rewind()
        while parser.next_digit() >= 0:
            pass
        return _signed(magnitudes.read(parser.s[0:parser.n], parser.start, parser.base), parser.sign)

    @staticmethod
    def fromdecimalstr(s):
        return rbigint.fromstr(s, 10)

    # To other numbers and text.

    def toint(self):
        if not self.fits_int():
            raise OverflowError
        return self._low()

    def _low(self):
        value = self._word()
        if self.sign < 0:
            return intmask(r_uint(0) - value)
        return intmask(value)

    def _word(self):
        digits = self._digits
        value = r_uint(0)
        if length(digits) > 0:
            value = r_uint(get(digits, 0))
        if length(digits) > 1:
            value = value | (r_uint(get(digits, 1)) << SHIFT)
        return value

    def fits_int(self):
        digits = self._digits
        n = length(digits)
        if n != 2:
            return n < 2
        return self.sign < 0 and get(digits, 1) == 1 and get(digits, 0) == 0

    def touint(self):
        if self.sign < 0:
            raise ValueError
        n = length(self._digits)
        if n > 2 or (n == 2 and get(self._digits, 1) > 1):
            raise OverflowError
        return self._word()

    def tolonglong(self):
        return self.toint()

    def toulonglong(self):
        return self.touint()

    def uintmask(self):
        return r_uint(self._low())

    def ulonglongmask(self):
        return r_uint(self._low())

    def tobool(self):
        return self.sign != 0

    def tofloat(self):
        n = magnitudes.bit_length(self._digits)
        if n > 1024:
            raise OverflowError
        digits = self._digits
        exponent = 0
        if n > 64:
            exponent = n - 64
            digits = magnitudes.shift_right(digits, exponent)
            if magnitudes.compare(magnitudes.shift_left(digits, exponent), self._digits) != 0:
                digits = magnitudes.add(digits, magnitudes.EMPTY)
                put(digits, 0, get(digits, 0) | 1)
        value = r_uint(0)
        i = length(digits) - 1
        while i >= 0:
            value = (value << SHIFT) | r_uint(get(digits, i))
            i -= 1
        # To 53 bits, ties to even; the lowest bit says whether anything was cut off.
        bits = 0
        v = value
        while v:
            bits += 1
            v = v >> 1
        if bits > 53:
            cut = bits - 53
            low = value & ((r_uint(1) << cut) - r_uint(1))
            value = value >> cut
            half = r_uint(1) << (cut - 1)
            if low > half or (low == half and value & r_uint(1)):
                value += r_uint(1)
            exponent += cut
        result = math.ldexp(float(intmask(value)), exponent)
        if result - result != 0.0:
            raise OverflowError
        if self.sign < 0:
            return -result
        return result

    def str(self):
        s = magnitudes.text(self._digits, 10)
        if self.sign < 0:
            return '-' + s
        return s

    def repr(self):
        return self.str() + 'L'

    def hex(self):
        s = '0x' + magnitudes.text(self._digits, 16) + 'L'
        if self.sign < 0:
            return '-' + s
        return s

    def oct(self):
        if self.sign == 0:
            return '0L'
        s = '0' + magnitudes.text(self._digits, 8) + 'L'
        if self.sign < 0:
            return '-' + s
        return s

    def format(self, digits, prefix='', suffix='', max_str_digits=-1):
        s = prefix + magnitudes.text(self._digits, length(digits)) + suffix
        if self.sign < 0:
            return '-' + s
        return s

    def digit(self, x):
        # What is not there is zero.
        if x < 0 or x >= length(self._digits):
            return 0
        return get(self._digits, x)

    widedigit = digit

    def udigit(self, x):
        return r_uint(self.digit(x))

    def setdigit(self, x, value):
        assert x >= 0
        if x >= length(self._digits):
            digits = magnitudes.new(x + 1)
            magnitudes.copy(digits, 0, self._digits, 0, length(self._digits))
            self._digits = digits
        put(self._digits, x, intmask(value) & magnitudes.MASK)

    def numdigits(self):
        if self.sign == 0:
            return 1
        return length(self._digits)

    def get_sign(self):
        return self.sign

    def _set_sign(self, sign):
        self.sign = sign

    def bit_length(self):
        return magnitudes.bit_length(self._digits)

    def is_odd(self):
        return self.sign != 0 and get(self._digits, 0) & 1 == 1

    def hash(self):
        h = self.sign
        for i in range(length(self._digits)):
            h = intmask(h * 1000003) ^ get(self._digits, i)
        return h

    # Order.

    def _compare(self, other):
        if self.sign != other.sign:
            if self.sign < other.sign:
                return -1
            return 1
        c = magnitudes.compare(self._digits, other._digits)
        if self.sign < 0:
            return -c
        return c

    def eq(self, other):
        return self._compare(other) == 0

    def ne(self, other):
        return self._compare(other) != 0

    def lt(self, other):
        return self._compare(other) < 0

    def le(self, other):
        return self._compare(other) <= 0

    def gt(self, other):
        return self._compare(other) > 0

    def ge(self, other):
        return self._compare(other) >= 0

    def int_eq(self, n):
        return self.eq(rbigint.fromint(n))

    def int_ne(self, n):
        return self.ne(rbigint.fromint(n))

    def int_lt(self, n):
        return self.lt(rbigint.fromint(n))

    def int_le(self, n):
        return self.le(rbigint.fromint(n))

    def int_gt(self, n):
        return self.gt(rbigint.fromint(n))

    def int_ge(self, n):
        return self.ge(rbigint.fromint(n))

    # Arithmetic.

    def neg(self):
        return rbigint(self._digits, -self.sign)

    def abs(self):
        if self.sign >= 0:
            return self
        return rbigint(self._digits, 1)

    def add(self, other):
        if self.sign == 0:
            return other
        if other.sign == 0:
            return self
        if self.sign == other.sign:
            return rbigint(magnitudes.add(self._digits, other._digits), self.sign)
        c = magnitudes.compare(self._digits, other._digits)
        if c == 0:
            return NULLRBIGINT
        if c > 0:
            return rbigint(magnitudes.subtract(self._digits, other._digits), self.sign)
        return rbigint(magnitudes.subtract(other._digits, self._digits), other.sign)

    def sub(self, other):
        return self.add(other.neg())

    def mul(self, other):
        return _signed(magnitudes.multiply(self._digits, other._digits), self.sign * other.sign)

    def int_add(self, n):
        return self.add(rbigint.fromint(n))

    def int_sub(self, n):
        return self.sub(rbigint.fromint(n))

    def int_mul(self, n):
        return self.mul(rbigint.fromint(n))

    def divmod(self, other):
        # Toward minus infinity.
        if other.sign == 0:
            raise ZeroDivisionError('long division or modulo by zero')
        q, r = magnitudes.divide(self._digits, other._digits)
        quotient = _signed(q, self.sign * other.sign)
        rest = _signed(r, self.sign)
        if rest.sign * other.sign < 0:
            return quotient.sub(ONERBIGINT), rest.add(other)
        return quotient, rest

    def floordiv(self, other):
        if other.sign > 0 and self.sign > 0 and length(other._digits) == 1:
            return _signed(magnitudes.divide_word(self._digits, get(other._digits, 0))[0], 1)
        return self.divmod(other)[0]

    def div(self, other):
        return self.floordiv(other)

    def mod(self, other):
        if other.sign > 0 and self.sign > 0 and length(other._digits) == 1:
            d = get(other._digits, 0)
            if d & (d - 1) == 0:
                return _signed(magnitudes.from_digit(get(self._digits, 0) & (d - 1)), 1)
            return _signed(magnitudes.from_digit(magnitudes.modulo_word(self._digits, d)), 1)
        return self.divmod(other)[1]

    def int_floordiv(self, n):
        return self.floordiv(rbigint.fromint(n))

    def int_div(self, n):
        return self.floordiv(rbigint.fromint(n))

    def int_mod(self, n):
        return self.mod(rbigint.fromint(n))

    def int_mod_int_result(self, n):
        return self.mod(rbigint.fromint(n)).toint()

    def int_divmod(self, n):
        return self.divmod(rbigint.fromint(n))

    def truediv(self, other):
        if other.sign == 0:
            raise ZeroDivisionError('long division or modulo by zero')
        if self.sign == 0:
            return 0.0
        # So many bits that rounding happens once.
        shift = 66 - (self.bit_length() - other.bit_length())
        if shift < 0:
            shift = 0
        q, r = magnitudes.divide(magnitudes.shift_left(self._digits, shift), other._digits)
        if length(r) > 0 and length(q) > 0:
            put(q, 0, get(q, 0) | 1)
        result = math.ldexp(_signed(q, 1).tofloat(), -shift)
        if self.sign * other.sign < 0:
            return -result
        return result

    def pow(self, other, modulus=None):
        if modulus is not None:
            if modulus.sign == 0:
                raise ValueError
            if other.sign < 0:
                raise TypeError
            result = _signed(magnitudes.power_modulo(self._digits, other._digits, modulus._digits), 1)
            if self.sign < 0 and other.is_odd():
                result = result.neg()
            return result.mod(modulus)
        if other.sign < 0:
            raise ValueError
        if length(self._digits) == 1 and get(self._digits, 0) == 1:
            if self.sign < 0 and other.is_odd():
                return self
            return ONERBIGINT
        if self.sign == 0:
            if other.sign == 0:
                return ONERBIGINT
            return self
        return self.int_pow(other.toint())

    def int_pow(self, n, modulus=None):
        if modulus is not None:
            return self.pow(rbigint.fromint(n), modulus)
        if n < 0:
            raise ValueError
        sign = 1
        if self.sign < 0 and n & 1:
            sign = -1
        return _signed(magnitudes.power(self._digits, n), sign)

    def isqrt(self):
        if self.sign < 0:
            raise ValueError
        return _signed(magnitudes.square_root(self._digits), 1)

    def gcd(self, other):
        a = self._digits
        b = other._digits
        while length(b) > 0:
            a, b = b, magnitudes.divide(a, b)[1]
        return _signed(a, 1)

    # Bits: negative numbers are in two's complement.

    def lshift(self, count):
        if count < 0:
            raise ValueError('negative shift count')
        return _signed(magnitudes.shift_left(self._digits, count), self.sign)

    lqshift = lshift

    def rshift(self, count, dont_invert=False):
        if count < 0:
            raise ValueError('negative shift count')
        if self.sign < 0 and not dont_invert:
            return self.invert().rshift(count).invert()
        return _signed(magnitudes.shift_right(self._digits, count), self.sign)

    rqshift = rshift

    def invert(self):
        return self.add(ONERBIGINT).neg()

    def _bits(self, count):
        # In two's complement, as digits
        digits = self._digits
        flip = 0
        if self.sign < 0:
            digits = magnitudes.subtract(digits, magnitudes.one())
            flip = magnitudes.MASK
        n = length(digits)
        result = magnitudes.new(count)
        i = 0
        while i < count:
            d = 0
            if i < n:
                d = get(digits, i)
            put(result, i, d ^ flip)
            i += 1
        return result

    def _bitwise(self, op, other):
        n = length(self._digits)
        if length(other._digits) > n:
            n = length(other._digits)
        n += 1
        a = self._bits(n)
        b = other._bits(n)
        i = 0
        while i < n:
            if op == '&':
                d = get(a, i) & get(b, i)
            elif op == '|':
                d = get(a, i) | get(b, i)
            else:
                d = get(a, i) ^ get(b, i)
            put(a, i, d)
            i += 1
        if get(a, n - 1) >> (SHIFT - 1) == 0:
            return _signed(magnitudes.trim(a), 1)
        i = 0
        while i < n:
            put(a, i, get(a, i) ^ magnitudes.MASK)
            i += 1
        return _signed(magnitudes.add(magnitudes.trim(a), magnitudes.one()), -1)

    def and_(self, other):
        return self._bitwise('&', other)

    def or_(self, other):
        return self._bitwise('|', other)

    def xor(self, other):
        return self._bitwise('^', other)

    def int_and_(self, n):
        return self._bitwise('&', rbigint.fromint(n))

    def int_or_(self, n):
        return self._bitwise('|', rbigint.fromint(n))

    def int_xor(self, n):
        return self._bitwise('^', rbigint.fromint(n))


NULLRBIGINT = rbigint(magnitudes.EMPTY, 0)
ONERBIGINT = rbigint(magnitudes.one(), 1)


def _divrem(a, b):
    # Toward zero.
    if b.sign == 0:
        raise ZeroDivisionError('long division or modulo by zero')
    q, r = magnitudes.divide(a._digits, b._digits)
    return _signed(q, a.sign * b.sign), _signed(r, a.sign)
