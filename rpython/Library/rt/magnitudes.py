# Natural numbers of any size: arrays of digits of 63 bits, the lowest first, without zeros at the end. What rlib.rbigint computes with.
# Digits are ints that are not negative; sums of two of them wrap, and the sign says so.
import _mu

SHIFT = 63
MASK = 0x7fffffffffffffff
HALF = _mu.r_uint(0xffffffff)
KARATSUBA = 32

new = _mu.words_new
length = _mu.words_length
get = _mu.words_get
put = _mu.words_set
copy = _mu.words_copy
# The digits of a * f + r + c, which has two
mul_low = _mu.mul_add_low
mul_high = _mu.mul_add_high

EMPTY = new(0)


def one():
    return from_digit(1)


def from_digit(d):
    if d == 0:
        return EMPTY
    result = new(1)
    put(result, 0, d)
    return result


def from_word(n):
    # n is an r_uint
    if n >> 63:
        result = new(2)
        put(result, 0, _mu.intmask(n & _mu.r_uint(MASK)))
        put(result, 1, 1)
        return result
    return from_digit(_mu.intmask(n))


def cut(a, n):
    # The lower n digits
    while n > 0 and get(a, n - 1) == 0:
        n -= 1
    if n == length(a):
        return a
    if n == 0:
        return EMPTY
    result = new(n)
    copy(result, 0, a, 0, n)
    return result


def trim(a):
    return cut(a, length(a))


def compare(a, b):
    n = length(a)
    if n != length(b):
        if n < length(b):
            return -1
        return 1
    i = n - 1
    while i >= 0:
        x = get(a, i)
        y = get(b, i)
        if x != y:
            if x < y:
                return -1
            return 1
        i -= 1
    return 0


def add(a, b):
    if length(a) < length(b):
        a, b = b, a
    n = length(a)
    m = length(b)
    result = new(n)
    carry = 0
    i = 0
    while i < m:
        s = get(a, i) + get(b, i) + carry
        put(result, i, s & MASK)
        carry = (s >> 63) & 1
        i += 1
    while i < n:
        if carry == 0:
            copy(result, i, a, i, n - i)
            return result
        s = get(a, i) + carry
        put(result, i, s & MASK)
        carry = (s >> 63) & 1
        i += 1
    if carry:
        longer = new(n + 1)
        copy(longer, 0, result, 0, n)
        put(longer, n, 1)
        return longer
    return result


def subtract(a, b):
    # a is not less than b
    n = length(a)
    result = new(n)
    copy(result, 0, a, 0, n)
    subtract_from(result, b)
    return trim(result)


def subtract_from(a, b):
    # In place
    m = length(b)
    borrow = 0
    i = 0
    while i < m:
        d = get(a, i) - get(b, i) - borrow
        put(a, i, d & MASK)
        borrow = (d >> 63) & 1
        i += 1
    while borrow:
        d = get(a, i) - 1
        put(a, i, d & MASK)
        borrow = (d >> 63) & 1
        i += 1


def multiply(a, b):
    n = length(a)
    m = length(b)
    if n == 0 or m == 0:
        return EMPTY
    if n < m:
        a, b = b, a
        n, m = m, n
    if m >= KARATSUBA:
        if n >= 2 * m:
            return multiply_unequal(a, b)
        return karatsuba(a, b)
    if a is b and n > 1:
        return square(a)
    result = new(n + m)
    i = 0
    while i < m:
        add_multiple(result, a, 0, get(b, i), i)
        i += 1
    return trim(result)


def add_multiple(result, a, start, f, at):
    # The digits of a from start on, times f, are added at their own places and at more. Nothing is behind them yet.
    if f == 0:
        return
    n = length(a)
    carry = 0
    j = start
    while j < n:
        x = get(a, j)
        r = get(result, at + j)
        put(result, at + j, mul_low(x, f, r, carry))
        carry = mul_high(x, f, r, carry)
        j += 1
    put(result, at + n, carry)


def square(a):
    # Products of different digits once, then all of it doubled, and the squares added.
    n = length(a)
    result = new(2 * n)
    i = 0
    while i < n - 1:
        add_multiple(result, a, i + 1, get(a, i), i)
        i += 1
    carry = 0
    top = 0
    i = 0
    while i < n:
        x = get(a, i)
        r = get(result, 2 * i)
        low = (r << 1) & MASK | top
        top = r >> 62
        put(result, 2 * i, mul_low(x, x, low, carry))
        carry = mul_high(x, x, low, carry)
        r = get(result, 2 * i + 1)
        s = ((r << 1) & MASK | top) + carry
        top = r >> 62
        put(result, 2 * i + 1, s & MASK)
        carry = (s >> 63) & 1
        i += 1
    return trim(result)


def part(a, start, stop):
    n = length(a)
    if stop > n:
        stop = n
    while stop > start and get(a, stop - 1) == 0:
        stop -= 1
    if stop <= start:
        return EMPTY
    result = new(stop - start)
    copy(result, 0, a, start, stop - start)
    return result


def add_at(a, b, at):
    # Adds b to a from digit at on, in place.
    carry = 0
    i = 0
    m = length(b)
    while i < m:
        s = get(a, at + i) + get(b, i) + carry
        put(a, at + i, s & MASK)
        carry = (s >> 63) & 1
        i += 1
    i += at
    while carry:
        s = get(a, i) + 1
        put(a, i, s & MASK)
        carry = (s >> 63) & 1
        i += 1


def karatsuba(a, b):
    n = length(a)
    half = (n + 1) >> 1
    a0 = part(a, 0, half)
    a1 = part(a, half, n)
    s = add(a0, a1)
    if a is b:
        low = multiply(a0, a0)
        high = multiply(a1, a1)
        middle = multiply(s, s)
    else:
        b0 = part(b, 0, half)
        b1 = part(b, half, length(b))
        low = multiply(a0, b0)
        high = multiply(a1, b1)
        middle = multiply(s, add(b0, b1))
    subtract_from(middle, low)
    subtract_from(middle, high)
    result = new(n + length(b) + 1)
    copy(result, 0, low, 0, length(low))
    copy(result, 2 * half, high, 0, length(high))
    add_at(result, trim(middle), half)
    return trim(result)


def multiply_unequal(a, b):
    # The longer number in pieces of the shorter one's length.
    m = length(b)
    result = new(length(a) + m + 1)
    at = 0
    while at < length(a):
        add_at(result, multiply(part(a, at, at + m), b), at)
        at += m
    return trim(result)


def multiply_word(a, f, carry):
    # a * f + carry, where f and carry are digits
    n = length(a)
    result = new(n + 1)
    i = 0
    while i < n:
        x = get(a, i)
        put(result, i, mul_low(x, f, carry, 0))
        carry = mul_high(x, f, carry, 0)
        i += 1
    put(result, n, carry)
    return trim(result)


def divide_two(high, low, d):
    # The quotient of a number of two digits by one whose highest bit is set; high is less than d.
    # Warren, "Hacker's Delight", divlu: both are doubled, so that the divisor has 64 bits, and it is divided by halves.
    v = _mu.r_uint(d) << 1
    h = _mu.r_uint(high)
    l = _mu.r_uint(low) << 1
    v1 = v >> 32
    v0 = v & HALF
    l1 = l >> 32
    q1 = h // v1
    rest = h - q1 * v1
    while q1 > HALF or q1 * v0 > ((rest << 32) | l1):
        q1 -= _mu.r_uint(1)
        rest += v1
        if rest > HALF:
            break
    h = (h << 32) + l1 - q1 * v
    l0 = l & HALF
    q0 = h // v1
    rest = h - q0 * v1
    while q0 > HALF or q0 * v0 > ((rest << 32) | l0):
        q0 -= _mu.r_uint(1)
        rest += v1
        if rest > HALF:
            break
    return _mu.intmask((q1 << 32) + q0)


def divide_word(a, d):
    # Quotient and remainder by a digit
    n = length(a)
    result = new(n)
    i = n - 1
    if d < 0x80000000:
        divisor = _mu.r_uint(d)
        r = _mu.r_uint(0)
        while i >= 0:
            x = _mu.r_uint(get(a, i))
            high = (r << 31) | (x >> 32)
            q1 = high // divisor
            low = ((high - q1 * divisor) << 32) | (x & HALF)
            q0 = low // divisor
            r = low - q0 * divisor
            put(result, i, _mu.intmask((q1 << 32) + q0))
            i -= 1
        return trim(result), _mu.intmask(r)
    shift = SHIFT - digit_bits(d)
    rest = 0
    v = d << shift
    while i >= 0:
        x = get(a, i)
        # Both are shifted: the rest has room.
        q = divide_two((rest << shift) | (x >> (SHIFT - shift)), (x << shift) & MASK, v)
        put(result, i, q)
        rest = (x - q * d) & MASK
        i -= 1
    return trim(result), rest


def modulo_word(a, d):
    if d >= 0x80000000:
        return divide_word(a, d)[1]
    divisor = _mu.r_uint(d)
    r = _mu.r_uint(0)
    i = length(a) - 1
    while i >= 0:
        x = _mu.r_uint(get(a, i))
        r = ((r << 31) | (x >> 32)) % divisor
        r = ((r << 32) | (x & HALF)) % divisor
        i -= 1
    return _mu.intmask(r)


def divide(a, b):
    # Quotient and remainder: Knuth's algorithm D (The Art of Computer Programming, 4.3.1).
    if compare(a, b) < 0:
        return EMPTY, a
    if is_power_of_two(b):
        bits = bit_length(b) - 1
        return shift_right(a, bits), lower_bits(a, bits)
    n = length(b)
    if n == 1:
        q, rest = divide_word(a, get(b, 0))
        return q, from_digit(rest)
    shift = SHIFT - digit_bits(get(b, n - 1))
    v = shift_left(b, shift)
    u = new(length(a) + 1)
    shift_into(u, a, 0, shift)
    m = length(u) - n
    quotient = new(m)
    v1 = get(v, n - 1)
    v2 = get(v, n - 2)
    j = m - 1
    while j >= 0:
        top = get(u, j + n)
        second = get(u, j + n - 1)
        if top == v1:
            q = MASK
            rest = second + v1
        else:
            q = divide_two(top, second, v1)
            rest = (second - q * v1) & MASK
        # A rest that wrapped is larger than a digit: q is right then.
        while rest >= 0:
            high = mul_high(q, v2, 0, 0)
            if high < rest or (high == rest and mul_low(q, v2, 0, 0) <= get(u, j + n - 2)):
                break
            q -= 1
            rest += v1
        borrow = 0
        carry = 0
        i = 0
        while i < n:
            x = get(v, i)
            d = get(u, i + j) - mul_low(q, x, carry, 0) - borrow
            carry = mul_high(q, x, carry, 0)
            put(u, i + j, d & MASK)
            borrow = (d >> 63) & 1
            i += 1
        d = top - carry - borrow
        put(u, j + n, d & MASK)
        if d < 0:
            q -= 1
            carry = 0
            i = 0
            while i < n:
                s = get(u, i + j) + get(v, i) + carry
                put(u, i + j, s & MASK)
                carry = (s >> 63) & 1
                i += 1
            put(u, j + n, (get(u, j + n) + carry) & MASK)
        put(quotient, j, q)
        j -= 1
    return trim(quotient), shift_right(cut(u, n), shift)


def lower_bits(a, count):
    words = count // SHIFT
    bits = count % SHIFT
    if words >= length(a):
        return a
    n = words
    if bits:
        n += 1
    result = new(n)
    copy(result, 0, a, 0, n)
    if bits:
        put(result, words, get(a, words) & ((1 << bits) - 1))
    return trim(result)


def shift_into(result, a, at, bits):
    # a times 2 to the power of less than 63 bits, to digit at of a number that has room for one digit more
    n = length(a)
    if bits == 0:
        copy(result, at, a, 0, n)
        return
    back = SHIFT - bits
    carry = 0
    i = 0
    while i < n:
        x = get(a, i)
        put(result, i + at, (x << bits) & MASK | carry)
        carry = x >> back
        i += 1
    if carry:
        put(result, n + at, carry)


def shift_left(a, count):
    n = length(a)
    if n == 0:
        return EMPTY
    words = count // SHIFT
    bits = count % SHIFT
    size = n + words
    if get(a, n - 1) >> (SHIFT - bits):
        size += 1
    result = new(size)
    shift_into(result, a, words, bits)
    return result


def shift_right(a, count):
    words = count // SHIFT
    bits = count % SHIFT
    n = length(a) - words
    if n <= 0:
        return EMPTY
    if bits == 0:
        return part(a, words, length(a))
    back = SHIFT - bits
    x = get(a, n + words - 1)
    high = 0
    if x >> bits == 0:
        n -= 1
        if n == 0:
            return EMPTY
        high = x
    result = new(n)
    i = n - 1
    while i >= 0:
        x = get(a, i + words)
        put(result, i, (high << back) & MASK | x >> bits)
        high = x
        i -= 1
    return result


def digit_bits(d):
    bits = 0
    if d >> 32:
        bits = 32
        d = d >> 32
    while d:
        bits += 1
        d = d >> 1
    return bits


def bit_length(a):
    n = length(a)
    if n == 0:
        return 0
    return (n - 1) * SHIFT + digit_bits(get(a, n - 1))


def is_power_of_two(a):
    n = length(a)
    if n == 0 or get(a, n - 1) & (get(a, n - 1) - 1):
        return False
    i = 0
    while i < n - 1:
        if get(a, i):
            return False
        i += 1
    return True


def power(a, n):
    if length(a) == 0 and n > 0:
        return EMPTY
    if n > 1 and is_power_of_two(a):
        return shift_left(one(), (bit_length(a) - 1) * n)
    result = one()
    while n > 0:
        if n & 1:
            result = multiply(result, a)
        n >>= 1
        if n > 0:
            a = multiply(a, a)
    return result


def power_modulo(a, b, c):
    result = divide(one(), c)[1]
    a = divide(a, c)[1]
    n = length(b)
    i = 0
    while i < n:
        bits = get(b, i)
        j = 0
        while j < SHIFT:
            if bits & 1:
                result = divide(multiply(result, a), c)[1]
            bits = bits >> 1
            if bits == 0 and i == n - 1:
                break
            a = divide(multiply(a, a), c)[1]
            j += 1
        i += 1
    return result


def square_root(a):
    # Newton's method, from above.
    if length(a) == 0:
        return EMPTY
    x = shift_left(one(), (bit_length(a) + 1) >> 1)
    while True:
        y = shift_right(add(x, divide(a, x)[0]), 1)
        if compare(y, x) >= 0:
            return x
        x = y


def text(a, base):
    # In a base of at most 36: the number is halved by powers of the base while it is long.
    if length(a) == 0:
        return '0'
    pieces = []
    powers = [from_digit(base)]
    digits = [1]
    while length(powers[len(powers) - 1]) * 2 - 1 <= length(a):
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
    if length(a) <= 8 or level < 0:
        small(a, base, width, pieces)
        return
    high, low = divide(a, powers[level])
    halves(high, level - 1, powers, digits, base, width - digits[level] if width > digits[level] else 0, pieces)
    halves(low, level - 1, powers, digits, base, digits[level], pieces)


def small(a, base, width, pieces):
    chars = []
    divisor = base
    step = 1
    while divisor * base < 0x80000000:
        divisor = divisor * base
        step += 1
    while length(a) > 0:
        a, rest = divide_word(a, divisor)
        i = 0
        while i < step and (rest or length(a) > 0):
            chars.append('0123456789abcdefghijklmnopqrstuvwxyz'[rest % base])
            rest = rest // base
            i += 1
    while len(chars) < width:
        chars.append('0')
    chars.reverse()
    pieces.append(''.join(chars))


def read(s, start, base):
    result = EMPTY
    factor = 1
    value = 0
    limit = MASK // base
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
        value = value * base + d
        factor = factor * base
        if factor > limit:
            result = multiply_word(result, factor, value)
            factor = 1
            value = 0
        i += 1
    return multiply_word(result, factor, value)
