# Natural numbers of any size, as lists of digits of 32 bits (r_uint), the lowest first, without zeros at the end: what rlib.rbigint computes with.
import _mu

SHIFT = 32
MASK = _mu.r_uint(0xffffffff)
ZERO = _mu.r_uint(0)
ONE = _mu.r_uint(1)
KARATSUBA = 40


def trim(a):
    n = len(a)
    while n > 0 and not a[n - 1]:
        n -= 1
    if n < len(a):
        del a[n:]
    return a


def from_word(n):
    # n is an r_uint
    result = []
    while n:
        result.append(n & MASK)
        n = n >> 32
    return result


def compare(a, b):
    n = len(a)
    if n != len(b):
        if n < len(b):
            return -1
        return 1
    i = n - 1
    while i >= 0:
        if a[i] != b[i]:
            if a[i] < b[i]:
                return -1
            return 1
        i -= 1
    return 0


def add(a, b):
    if len(a) < len(b):
        a, b = b, a
    n = len(a)
    m = len(b)
    result = [ZERO] * (n + 1)
    carry = ZERO
    i = 0
    while i < m:
        carry += a[i] + b[i]
        result[i] = carry & MASK
        carry = carry >> 32
        i += 1
    while i < n:
        carry += a[i]
        result[i] = carry & MASK
        carry = carry >> 32
        i += 1
    result[n] = carry
    return trim(result)


def subtract(a, b):
    # a is not less than b
    n = len(a)
    m = len(b)
    result = [ZERO] * n
    borrow = ZERO
    i = 0
    while i < n:
        d = a[i] - borrow
        if i < m:
            d -= b[i]
        result[i] = d & MASK
        borrow = (d >> 32) & ONE
        i += 1
    return trim(result)


def multiply(a, b):
    n = len(a)
    m = len(b)
    if n == 0 or m == 0:
        return []
    if n < m:
        a, b = b, a
        n, m = m, n
    if m >= KARATSUBA:
        if n >= 2 * m:
            return multiply_unequal(a, b)
        return karatsuba(a, b)
    result = [ZERO] * (n + m)
    i = 0
    while i < m:
        f = b[i]
        if f:
            carry = ZERO
            j = 0
            while j < n:
                carry += a[j] * f + result[i + j]
                result[i + j] = carry & MASK
                carry = carry >> 32
                j += 1
            result[i + n] = carry
        i += 1
    return trim(result)


def part(a, start, stop):
    if start >= len(a):
        return []
    if stop > len(a):
        stop = len(a)
    assert start >= 0
    assert stop >= 0
    return trim(a[start:stop])


def add_at(a, b, at):
    # Adds b to a from digit at on, in place.
    carry = ZERO
    i = 0
    m = len(b)
    while i < m:
        carry += a[at + i] + b[i]
        a[at + i] = carry & MASK
        carry = carry >> 32
        i += 1
    i += at
    while carry:
        carry += a[i]
        a[i] = carry & MASK
        carry = carry >> 32
        i += 1


def karatsuba(a, b):
    half = (len(a) + 1) >> 1
    a0 = part(a, 0, half)
    a1 = part(a, half, len(a))
    b0 = part(b, 0, half)
    b1 = part(b, half, len(b))
    low = multiply(a0, b0)
    high = multiply(a1, b1)
    middle = subtract(subtract(multiply(add(a0, a1), add(b0, b1)), low), high)
    result = [ZERO] * (len(a) + len(b) + 1)
    add_at(result, low, 0)
    add_at(result, high, 2 * half)
    add_at(result, middle, half)
    return trim(result)


def multiply_unequal(a, b):
    # The longer number in pieces of the shorter one's length.
    m = len(b)
    result = [ZERO] * (len(a) + m + 1)
    at = 0
    while at < len(a):
        add_at(result, multiply(part(a, at, at + m), b), at)
        at += m
    return trim(result)


def multiply_word(a, f, carry):
    # a * f + carry, where f and carry are digits
    n = len(a)
    result = [ZERO] * (n + 1)
    i = 0
    while i < n:
        carry += a[i] * f
        result[i] = carry & MASK
        carry = carry >> 32
        i += 1
    result[n] = carry
    return trim(result)


def divide_word(a, d):
    # Quotient and remainder by a digit
    n = len(a)
    result = [ZERO] * n
    rest = ZERO
    i = n - 1
    while i >= 0:
        rest = (rest << 32) | a[i]
        q = rest // d
        result[i] = q
        rest -= q * d
        i -= 1
    return trim(result), rest


def modulo_word(a, d):
    rest = ZERO
    i = len(a) - 1
    while i >= 0:
        rest = ((rest << 32) | a[i]) % d
        i -= 1
    return rest


def divide(a, b):
    # Quotient and remainder: Knuth's algorithm D.
    if compare(a, b) < 0:
        return [], a
    if len(b) == 1:
        q, r = divide_word(a, b[0])
        return q, from_word(r)
    shift = 0
    top = b[len(b) - 1]
    while not (top & _mu.r_uint(0x80000000)):
        top = top << 1
        shift += 1
    v = shift_left(b, shift)
    u = shift_left(a, shift)
    if len(u) == len(a):
        u.append(ZERO)
    n = len(v)
    m = len(u) - n
    quotient = [ZERO] * m
    v1 = v[n - 1]
    v2 = v[n - 2]
    base = ONE << 32
    j = m - 1
    while j >= 0:
        head = (u[j + n] << 32) | u[j + n - 1]
        q = head // v1
        r = head - q * v1
        while q >= base or q * v2 > ((r << 32) | u[j + n - 2]):
            q -= ONE
            r += v1
            if r >= base:
                break
        borrow = ZERO
        carry = ZERO
        i = 0
        while i < n:
            carry += q * v[i]
            d = u[i + j] - borrow - (carry & MASK)
            u[i + j] = d & MASK
            borrow = (d >> 32) & ONE
            carry = carry >> 32
            i += 1
        d = u[j + n] - borrow - carry
        u[j + n] = d & MASK
        if (d >> 32) & ONE:
            q -= ONE
            carry = ZERO
            i = 0
            while i < n:
                carry += u[i + j] + v[i]
                u[i + j] = carry & MASK
                carry = carry >> 32
                i += 1
            u[j + n] = (u[j + n] + carry) & MASK
        quotient[j] = q
        j -= 1
    return trim(quotient), shift_right(trim(u), shift)


def shift_left(a, count):
    if len(a) == 0:
        return []
    words = count >> 5
    bits = count & 31
    n = len(a)
    result = [ZERO] * (n + words + 1)
    carry = ZERO
    i = 0
    while i < n:
        carry |= a[i] << bits
        result[i + words] = carry & MASK
        carry = carry >> 32
        i += 1
    result[n + words] = carry
    return trim(result)


def shift_right(a, count):
    words = count >> 5
    bits = count & 31
    n = len(a) - words
    if n <= 0:
        return []
    result = [ZERO] * n
    i = 0
    while i < n:
        high = ZERO
        if i + words + 1 < len(a):
            high = a[i + words + 1] << 32
        result[i] = ((high | a[i + words]) >> bits) & MASK
        i += 1
    return trim(result)


def bit_length(a):
    n = len(a)
    if n == 0:
        return 0
    bits = (n - 1) * 32
    top = a[n - 1]
    while top:
        bits += 1
        top = top >> 1
    return bits


def is_power_of_two(a):
    n = len(a)
    if n == 0 or a[n - 1] & (a[n - 1] - ONE):
        return False
    i = 0
    while i < n - 1:
        if a[i]:
            return False
        i += 1
    return True


def power(a, n):
    if len(a) == 0 and n > 0:
        return []
    if n > 1 and is_power_of_two(a):
        return shift_left([ONE], (bit_length(a) - 1) * n)
    result = [ONE]
    while n > 0:
        if n & 1:
            result = multiply(result, a)
        n >>= 1
        if n > 0:
            a = multiply(a, a)
    return result


def power_modulo(a, b, c):
    result = divide([ONE], c)[1]
    a = divide(a, c)[1]
    i = 0
    while i < len(b):
        bits = b[i]
        j = 0
        while j < 32:
            if bits & ONE:
                result = divide(multiply(result, a), c)[1]
            bits = bits >> 1
            if not bits and i == len(b) - 1:
                break
            a = divide(multiply(a, a), c)[1]
            j += 1
        i += 1
    return result


def square_root(a):
    # Newton's method, from above.
    if len(a) == 0:
        return []
    x = shift_left([ONE], (bit_length(a) + 1) >> 1)
    while True:
        y = shift_right(add(x, divide(a, x)[0]), 1)
        if compare(y, x) >= 0:
            return x
        x = y


def text(a, base):
    # In a base of at most 36: the number is halved by powers of the base while it is long.
    if len(a) == 0:
        return '0'
    pieces = []
    powers = [from_word(_mu.r_uint(base))]
    digits = [1]
    while len(powers[len(powers) - 1]) * 2 - 1 <= len(a):
        last = powers[len(powers) - 1]
        powers.append(multiply(last, last))
        digits.append(digits[len(digits) - 1] * 2)
    halves(a, len(powers) - 1, powers, digits, base, 0, pieces)
    s = ''.join(pieces)
    start = 0
    while start < len(s) - 1 and s[start] == '0':
        start += 1
    return s[start:]


def halves(a, level, powers, digits, base, width, pieces):
    if len(a) <= 8 or level < 0:
        small(a, base, width, pieces)
        return
    high, low = divide(a, powers[level])
    halves(high, level - 1, powers, digits, base, width - digits[level] if width > digits[level] else 0, pieces)
    halves(low, level - 1, powers, digits, base, digits[level], pieces)


def small(a, base, width, pieces):
    chars = []
    divisor = _mu.r_uint(base)
    step = 1
    while divisor * _mu.r_uint(base) <= MASK:
        divisor = divisor * _mu.r_uint(base)
        step += 1
    while len(a) > 0:
        a, rest = divide_word(a, divisor)
        i = 0
        while i < step and (rest or len(a) > 0):
            chars.append('0123456789abcdefghijklmnopqrstuvwxyz'[_mu.intmask(rest % _mu.r_uint(base))])
            rest = rest // _mu.r_uint(base)
            i += 1
    while len(chars) < width:
        chars.append('0')
    chars.reverse()
    pieces.append(''.join(chars))


def read(s, start, base):
    result = []
    factor = ONE
    value = ZERO
    i = start
    while i < len(s):
        c = ord(s[i])
        if 48 <= c <= 57:
            d = c - 48
        elif 97 <= c <= 122:
            d = c - 87
        elif 65 <= c <= 90:
            d = c - 55
        else:
            d = 99
        if d >= base:
            raise ValueError
        value = value * _mu.r_uint(base) + _mu.r_uint(d)
        factor = factor * _mu.r_uint(base)
        if factor * _mu.r_uint(base) > MASK:
            result = multiply_word(result, factor, value)
            factor = ONE
            value = ZERO
        i += 1
    return multiply_word(result, factor, value)
