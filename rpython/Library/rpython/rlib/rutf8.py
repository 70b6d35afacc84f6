# rlib.rutf8: UTF-8 in strs, by byte positions.
from rpython.rlib.rstring import StringBuilder
import sys

MAXUNICODE = 0x10ffff


class CheckError(Exception):
    def __init__(self, pos):
        self.pos = pos


def unichr_as_utf8(code, allow_surrogates=False):
    builder = StringBuilder(4)
    unichr_as_utf8_append(builder, code, allow_surrogates)
    return builder.build()


def unichr_as_utf8_append(builder, code, allow_surrogates=False):
    # ValueError for what is no code point.
    code = int(code)
    if code < 0 or code > MAXUNICODE or (not allow_surrogates and 0xd800 <= code <= 0xdfff):
        raise ValueError
    if code <= 0x7f:
        builder.append(chr(code))
    elif code <= 0x7ff:
        builder.append(chr(0xc0 | code >> 6))
        builder.append(chr(0x80 | code & 0x3f))
    elif code <= 0xffff:
        builder.append(chr(0xe0 | code >> 12))
        builder.append(chr(0x80 | code >> 6 & 0x3f))
        builder.append(chr(0x80 | code & 0x3f))
    else:
        builder.append(chr(0xf0 | code >> 18))
        builder.append(chr(0x80 | code >> 12 & 0x3f))
        builder.append(chr(0x80 | code >> 6 & 0x3f))
        builder.append(chr(0x80 | code & 0x3f))


def next_codepoint_pos(code, pos):
    c = ord(code[pos])
    if c < 0x80:
        return pos + 1
    if c < 0xe0:
        return pos + 2
    if c < 0xf0:
        return pos + 3
    return pos + 4


def prev_codepoint_pos(code, pos):
    pos -= 1
    while pos > 0 and ord(code[pos]) & 0xc0 == 0x80:
        pos -= 1
    if pos < 0:
        return 0
    return pos


def codepoint_at_pos(code, pos):
    c = ord(code[pos])
    if c < 0x80:
        return c
    d = ord(code[pos + 1]) & 0x3f
    if c < 0xe0:
        return (c & 0x1f) << 6 | d
    d = d << 6 | ord(code[pos + 2]) & 0x3f
    if c < 0xf0:
        return (c & 0x0f) << 12 | d
    return (c & 0x07) << 18 | d << 6 | ord(code[pos + 3]) & 0x3f


def codepoint_before_pos(code, pos):
    return codepoint_at_pos(code, prev_codepoint_pos(code, pos))


def first_non_ascii_char(s):
    i = 0
    while i < len(s):
        if ord(s[i]) >= 0x80:
            return i
        i += 1
    return -1


def check_ascii(s):
    at = first_non_ascii_char(s)
    if at >= 0:
        raise CheckError(at)


def is_ascii(s):
    return first_non_ascii_char(s) < 0


def check_utf8(s, allow_surrogates, start=0, stop=-1):
    """The number of code points; CheckError(position) for what is no UTF-8."""
    if stop < 0:
        stop = len(s)
    pos = start
    count = 0
    while pos < stop:
        size = _size_at(s, pos, stop, allow_surrogates)
        if size == 0:
            raise CheckError(pos)
        pos += size
        count += 1
    return count


def get_utf8_length(s, start=0, end=-1):
    if end < 0:
        end = len(s)
    return codepoints_in_utf8(s, start, end)


def _size_at(s, pos, stop, allow_surrogates):
    # Bytes of the code point there; 0 when there is none.
    c = ord(s[pos])
    if c < 0x80:
        return 1
    if c < 0xc2 or c > 0xf4:
        return 0
    size = 2
    low = 0x80
    high = 0xbf
    if c >= 0xf0:
        size = 4
        if c == 0xf0:
            low = 0x90
        if c == 0xf4:
            high = 0x8f
    elif c >= 0xe0:
        size = 3
        if c == 0xe0:
            low = 0xa0
        if c == 0xed and not allow_surrogates:
            high = 0x9f
    if pos + size > stop:
        return 0
    second = ord(s[pos + 1])
    if second < low or second > high:
        return 0
    i = 2
    while i < size:
        if ord(s[pos + i]) & 0xc0 != 0x80:
            return 0
        i += 1
    return size


def codepoints_in_utf8(value, start=0, end=sys.maxint):
    if end > len(value):
        end = len(value)
    count = 0
    i = start
    while i < end:
        if ord(value[i]) & 0xc0 != 0x80:
            count += 1
        i += 1
    return count


def has_surrogates(utf8):
    return surrogate_in_utf8(utf8) >= 0


def surrogate_in_utf8(utf8):
    i = 0
    while i + 1 < len(utf8):
        if ord(utf8[i]) == 0xed and ord(utf8[i + 1]) >= 0xa0:
            return i
        i += 1
    return -1


def islinebreak(s, pos):
    c = codepoint_at_pos(s, pos)
    return 0x0a <= c <= 0x0d or 0x1c <= c <= 0x1e or c == 0x85 or c == 0x2028 or c == 0x2029


def isspace(s, pos):
    c = codepoint_at_pos(s, pos)
    return (0x09 <= c <= 0x0d or 0x1c <= c <= 0x20 or c == 0x85 or c == 0xa0 or c == 0x1680 or 0x2000 <= c <= 0x200a or
            c == 0x2028 or c == 0x2029 or c == 0x202f or c == 0x205f or c == 0x3000)


def utf8_in_chars(value, pos, chars):
    size = next_codepoint_pos(value, pos) - pos
    i = 0
    while i < len(chars):
        n = next_codepoint_pos(chars, i)
        if n - i == size and chars[i:n] == value[pos:pos + size]:
            return True
        i = n
    return False


# An index is a list of the positions of every 64th code point.
def null_storage():
    return None


def create_utf8_index_storage(utf8, utf8len):
    positions = []
    pos = 0
    count = 0
    while pos < len(utf8):
        if count % 64 == 0:
            positions.append(pos)
        pos = next_codepoint_pos(utf8, pos)
        count += 1
    return positions


def codepoint_position_at_index(utf8, storage, index):
    if index // 64 >= len(storage):
        return len(utf8)
    pos = storage[index // 64]
    for i in range(index % 64):
        pos = next_codepoint_pos(utf8, pos)
    return pos


def _pos_at_index(utf8, index):
    pos = 0
    for i in range(index):
        pos = next_codepoint_pos(utf8, pos)
    return pos


def codepoint_at_index(utf8, storage, index):
    return codepoint_at_pos(utf8, codepoint_position_at_index(utf8, storage, index))


def codepoint_index_at_byte_position(utf8, storage, bytepos, num_codepoints):
    return codepoints_in_utf8(utf8, 0, bytepos)


def decode_latin_1(s):
    builder = StringBuilder(len(s))
    for c in s:
        unichr_as_utf8_append(builder, ord(c))
    return builder.build()


class Utf8StringBuilder(object):
    def __init__(self, size=100):
        self._s = StringBuilder(size)
        self._length = 0

    def append(self, s):
        self._s.append(s)
        self._length += codepoints_in_utf8(s)

    def append_slice(self, s, start, end):
        self.append(s[start:end])

    def append_code(self, code):
        unichr_as_utf8_append(self._s, code, True)
        self._length += 1

    def append_char(self, s):
        self._s.append(s)
        self._length += 1

    def append_multiple_char(self, utf8, times):
        for i in range(times):
            self._s.append(utf8)
        self._length += times

    def append_utf8(self, utf8, length, start=-1, end=-1):
        if start < 0:
            self._s.append(utf8)
        else:
            self._s.append_slice(utf8, start, end)
        self._length += length

    def build(self):
        return self._s.build()

    def getlength(self):
        return self._length


class Utf8StringIterator(object):
    def __init__(self, utf8s):
        self._utf8 = utf8s
        self._end = len(utf8s)
        self._pos = 0

    def __iter__(self):
        return self

    def next(self):
        pos = self._pos
        if pos == self._end:
            raise StopIteration
        code = codepoint_at_pos(self._utf8, pos)
        self._pos = next_codepoint_pos(self._utf8, pos)
        return code

    def get_pos(self):
        return self._pos

    def done(self):
        return self._pos == self._end
