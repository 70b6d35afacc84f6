# Numbers as text and text as numbers.
import _mu


def shape(f):
    f._annspecialcase_ = 'specialize:shape'
    return f

DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz'


def digits_of(n, base):
    # n is taken as unsigned
    buffer = _mu.str_new('', 64)
    at = 64
    while True:
        at -= 1
        q = n // base
        _mu.str_set(buffer, at, DIGITS[_mu.intmask(n - q * base)])
        n = q
        if not n:
            break
    result = _mu.str_new('', 64 - at)
    _mu.str_copy(result, 0, buffer, at, 64 - at)
    return result


def str_of_uint(n):
    return digits_of(_mu.r_uint(n), _mu.r_uint(10))


def str_of_uwide(n):
    # In pieces of 18 digits.
    piece = _mu.r_ulonglonglong(1000000000000000000)
    n = _mu.r_ulonglonglong(n)
    text = ''
    while n >= piece:
        q = n // piece
        text = str_of_int(_mu.intmask(n - q * piece)).rjust(18, '0') + text
        n = q
    return str_of_int(_mu.intmask(n)) + text


def str_of_wide(n):
    if n >= 0:
        return str_of_uwide(_mu.r_ulonglonglong(n))
    return '-' + str_of_uwide(_mu.r_ulonglonglong(-n))


def str_of_int(n):
    n = int(n)
    if n >= 0:
        return digits_of(_mu.r_uint(n), _mu.r_uint(10))
    return '-' + digits_of(_mu.r_uint(-n), _mu.r_uint(10))


def str_of_hex(n):
    n = int(n)
    if n >= 0:
        return digits_of(_mu.r_uint(n), _mu.r_uint(16))
    return '-' + digits_of(_mu.r_uint(-n), _mu.r_uint(16))


def str_of_oct(n):
    n = int(n)
    if n >= 0:
        return digits_of(_mu.r_uint(n), _mu.r_uint(8))
    return '-' + digits_of(_mu.r_uint(-n), _mu.r_uint(8))


def str_of_float_g(x):
    return _mu.format_double(float(x), 103, 6)


def str_of_float_e(x):
    return _mu.format_double(float(x), 101, 6)


def hex_of(n):
    n = int(n)
    if n >= 0:
        return '0x' + str_of_hex(n)
    return '-0x' + digits_of(_mu.r_uint(-n), _mu.r_uint(16))


def oct_of(n):
    n = int(n)
    if n == 0:
        return '0'
    if n > 0:
        return '0' + digits_of(_mu.r_uint(n), _mu.r_uint(8))
    return '-0' + digits_of(_mu.r_uint(-n), _mu.r_uint(8))


def hex_of_uint(n):
    return '0x' + digits_of(_mu.r_uint(n), _mu.r_uint(16)) + 'L'


def oct_of_uint(n):
    if not n:
        return '0L'
    return '0' + digits_of(_mu.r_uint(n), _mu.r_uint(8)) + 'L'


def bin_of(n):
    if n < 0:
        return '-0b' + digits_of(_mu.r_uint(-n), _mu.r_uint(2))
    return '0b' + digits_of(_mu.r_uint(n), _mu.r_uint(2))

bin_of._annspecialcase_ = 'specialize:argtype(0)'


def str_of_bool(b):
    if b:
        return '1'
    return '0'


def str_of_float(x):
    return _mu.format_double(float(x), 102, 6)


def str_of_float_as_int(x):
    return str_of_int(int(x))


@shape
def str_of_str(s):
    if s is None:
        return 'None'
    return s


def unicode_of_unicode(u):
    if u is None:
        return u'None'
    return u


def repr_of_str(s):
    s = _mu.text(s)
    pieces = ["'"]
    for c in s:
        n = ord(c)
        if c == "'" or c == '\\':
            pieces.append('\\')
            pieces.append(c)
        elif c == '\n':
            pieces.append('\\n')
        elif c == '\r':
            pieces.append('\\r')
        elif c == '\t':
            pieces.append('\\t')
        elif n < 32 or n > 126:
            pieces.append('\\x')
            pieces.append(DIGITS[n >> 4])
            pieces.append(DIGITS[n & 15])
        else:
            pieces.append(c)
    pieces.append("'")
    return ''.join(pieces)


@shape
def repr_of(x):
    return str(x)


@shape
def str_of_list(l):
    if l is None:
        return 'None'
    pieces = ['[']
    i = 0
    while i < len(l):
        if i > 0:
            pieces.append(', ')
        pieces.append(str(l[i]))
        i += 1
    pieces.append(']')
    return ''.join(pieces)


def str_of_tuple0():
    return '()'


@shape
def str_of_tuple1(a):
    return '(' + str(a) + ',)'


@shape
def str_of_tuple2(a, b):
    return '(' + str(a) + ', ' + str(b) + ')'


@shape
def str_of_tuple3(a, b, c):
    return '(' + str(a) + ', ' + str(b) + ', ' + str(c) + ')'


@shape
def str_of_tuple4(a, b, c, d):
    return '(' + str(a) + ', ' + str(b) + ', ' + str(c) + ', ' + str(d) + ')'


@shape
def str_of_tuple5(a, b, c, d, e):
    return '(' + ', '.join([str(a), str(b), str(c), str(d), str(e)]) + ')'


@shape
def str_of_tuple6(a, b, c, d, e, f):
    return '(' + ', '.join([str(a), str(b), str(c), str(d), str(e), str(f)]) + ')'


@shape
def str_of_tuple7(a, b, c, d, e, f, g):
    return '(' + ', '.join([str(a), str(b), str(c), str(d), str(e), str(f), str(g)]) + ')'


@shape
def str_of_tuple8(a, b, c, d, e, f, g, h):
    return '(' + ', '.join([str(a), str(b), str(c), str(d), str(e), str(f), str(g), str(h)]) + ')'


def str_of_long_tuple(t, n):
    return '(' + items_of_tuple(t, 0, n) + ')'

str_of_long_tuple._annspecialcase_ = 'specialize:arg(1)&specialize:shape'


def items_of_tuple(t, i, n):
    # In halves, so that many items are neither deep calls nor long copies.
    if n - i == 1:
        return str(t[i])
    half = (i + n) // 2
    return items_of_tuple(t, i, half) + ', ' + items_of_tuple(t, half, n)

items_of_tuple._annspecialcase_ = 'specialize:arg(1,2)&specialize:shape'


def str_of_instance(x):
    if x is None:
        return 'None'
    return '<' + _mu.class_name(x) + ' object at ' + hex_of(_mu.identity_hash(x)) + '>'

str_of_instance._annspecialcase_ = 'specialize:argtype(0)'


def is_space(c):
    n = ord(c)
    return n == 32 or (n >= 9 and n <= 13)


def digit_of(c):
    n = ord(c)
    if n >= 48 and n <= 57:
        return n - 48
    if n >= 97 and n <= 122:
        return n - 87
    if n >= 65 and n <= 90:
        return n - 55
    return 99


def int_of_str(s, base=10):
    s = _mu.text(s)
    start = 0
    stop = len(s)
    while start < stop and is_space(s[start]):
        start += 1
    while stop > start and is_space(s[stop - 1]):
        stop -= 1
    negative = False
    if start < stop and (s[start] == '-' or s[start] == '+'):
        negative = s[start] == '-'
        start += 1
    if (base == 16 or base == 0) and stop - start > 2 and s[start] == '0' and (s[start + 1] == 'x' or s[start + 1] == 'X'):
        start += 2
        base = 16
    elif (base == 8 or base == 0) and stop - start > 2 and s[start] == '0' and (s[start + 1] == 'o' or s[start + 1] == 'O'):
        start += 2
        base = 8
    elif (base == 2 or base == 0) and stop - start > 2 and s[start] == '0' and (s[start + 1] == 'b' or s[start + 1] == 'B'):
        start += 2
        base = 2
    elif base == 0:
        base = 10
    if start >= stop:
        raise ValueError
    value = 0
    while start < stop:
        digit = digit_of(s[start])
        if digit >= base:
            raise ValueError
        value = value * base + digit
        start += 1
    if negative:
        return -value
    return value


def float_of_str(s):
    s = _mu.text(s)
    if not _mu.is_double(s):
        raise ValueError
    return _mu.parse_double(s)


# Format specifications: flags, width, precision.

def width_of(spec):
    width = 0
    i = 0
    while i < len(spec) and spec[i] != '.':
        c = ord(spec[i])
        if c >= 48 and c <= 57 and not (c == 48 and width == 0):
            width = width * 10 + (c - 48)
        i += 1
    return width


def precision_of(spec, otherwise):
    at = spec.find('.')
    if at < 0:
        return otherwise
    precision = 0
    i = at + 1
    while i < len(spec):
        c = ord(spec[i])
        if c >= 48 and c <= 57:
            precision = precision * 10 + (c - 48)
        i += 1
    return precision


def has_zero_flag(spec):
    i = 0
    while i < len(spec):
        c = spec[i]
        if c == '0':
            return True
        if c != '-' and c != '+' and c != ' ' and c != '#':
            return False
        i += 1
    return False


def pad(text, spec, is_number):
    spec = _mu.text(spec)
    if is_number and spec.find('+') >= 0 and not text.startswith('-'):
        text = '+' + text
    elif is_number and spec.find(' ') >= 0 and not text.startswith('-'):
        text = ' ' + text
    width = width_of(spec)
    if len(text) >= width:
        return text
    if spec.find('-') >= 0:
        return text.ljust(width)
    if is_number and has_zero_flag(spec):
        return text.zfill(width)
    return text.rjust(width)


def format_int(n, spec):
    return pad(str_of_int(int(n)), spec, True)


def format_hex(n, spec):
    text = str_of_hex(int(n))
    if spec.find('#') >= 0:
        text = '0x' + text
    return pad(text, spec, True)


def format_float(x, spec):
    spec = _mu.text(spec)
    return pad(_mu.format_double(float(x), 102, precision_of(spec, 6)), spec, True)


def format_oct(n, spec):
    text = str_of_oct(int(n))
    if spec.find('#') >= 0:
        text = '0' + text
    return pad(text, spec, True)


def format_float_g(x, spec):
    spec = _mu.text(spec)
    return pad(_mu.format_double(float(x), 103, precision_of(spec, 6)), spec, True)


def format_float_e(x, spec):
    spec = _mu.text(spec)
    return pad(_mu.format_double(float(x), 101, precision_of(spec, 6)), spec, True)


def format_str(s, spec):
    spec = _mu.text(spec)
    s = _mu.text(s)
    precision = precision_of(spec, -1)
    if precision >= 0 and precision < len(s):
        s = s[0:precision]
    return pad(s, spec, False)


class _Formatter(object):
    # The % operator with a format that is known where it is annotated: a function in which it stands.
    def __init__(self, fmt, count):
        items = ', '.join(['items[%d]' % i for i in range(count)])
        names = {'FORMAT': fmt}
        exec 'def run(items):\n    return FORMAT %% %s\n' % ('(%s,)' % items if count >= 0 else 'items') in names
        self.run = names['run']

    def _freeze_(self):
        return True


def _formatter(fmt, count):
    return _Formatter(fmt, count)

_formatter._annspecialcase_ = 'specialize:memo'


def format_tuple(fmt, items):
    return _formatter(fmt, len(items)).run(items)

format_tuple._annspecialcase_ = 'specialize:arg(0)&specialize:argtype(1)'


def format_one(fmt, items):
    return _formatter(fmt, -1).run(items)

format_one._annspecialcase_ = 'specialize:arg(0)&specialize:argtype(1)'
