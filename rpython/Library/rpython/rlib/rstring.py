# rlib.rstring
import _mu

# Builders that exist before the program starts are made by plain strings: only compiled code can write into a string.
from rpython.rlib.objectmodel import we_are_translated


class StringBuilder(object):
    def __init__(self, size=100):
        self.buffer = _mu.str_new('', size + 16) if we_are_translated() else ''
        self.length = 0

    def _room(self, needed):
        old = self.buffer
        if needed > len(old):
            new = _mu.str_new('', needed + (needed >> 1) + 16)
            _mu.str_copy(new, 0, old, 0, self.length)
            self.buffer = new

    def append(self, s):
        if not we_are_translated():
            self.buffer = self.buffer[:self.length] + s
            self.length += len(s)
            return
        s = _mu.text(s)
        n = len(s)
        at = self.length
        self._room(at + n)
        _mu.str_copy(self.buffer, at, s, 0, n)
        self.length = at + n
    append._annspecialcase_ = 'specialize:argtype(1)'

    def append_slice(self, s, start, end):
        if not we_are_translated():
            self.append(s[start:end])
            return
        s = _mu.text(s)
        at = self.length
        self._room(at + end - start)
        _mu.str_copy(self.buffer, at, s, start, end - start)
        self.length = at + end - start

    def append_multiple_char(self, c, times):
        if not we_are_translated():
            self.append(c * times)
            return
        at = self.length
        self._room(at + times)
        i = 0
        while i < times:
            _mu.str_set(self.buffer, at + i, c)
            i += 1
        self.length = at + times

    def append_charpsize(self, p, n):
        at = self.length
        self._room(at + n)
        i = 0
        while i < n:
            _mu.str_set(self.buffer, at + i, p[i])
            i += 1
        self.length = at + n

    def getlength(self):
        return self.length

    def build(self):
        if not we_are_translated():
            return self.buffer[:self.length]
        result = _mu.str_new('', self.length)
        _mu.str_copy(result, 0, self.buffer, 0, self.length)
        return result


class UnicodeBuilder(object):
    def __init__(self, size=100):
        self.pieces = []
        self.length = 0

    def append(self, s):
        self.pieces.append(_mu.text(s) if we_are_translated() else s)
        self.length += len(s)
    append._annspecialcase_ = 'specialize:argtype(1)'

    def append_slice(self, s, start, end):
        self.append(s[start:end])

    def append_multiple_char(self, c, times):
        self.append(c * times)

    def getlength(self):
        return self.length

    def build(self):
        return u''.join(self.pieces)


def split(value, by=None, maxsplit=-1):
    if by is None:
        return value.split(None, maxsplit)
    return value.split(by, maxsplit)

split._annspecialcase_ = 'specialize:shape'


def rsplit(value, by=None, maxsplit=-1):
    if by is None:
        return value.rsplit(None, maxsplit)
    return value.rsplit(by, maxsplit)

rsplit._annspecialcase_ = 'specialize:shape'


def replace(s, sub, by, maxsplit=-1):
    return s.replace(sub, by, maxsplit)

replace._annspecialcase_ = 'specialize:shape'


def startswith(u_self, prefix, start=0, end=0x7fffffffffffffff):
    return u_self[start:end].startswith(prefix)

startswith._annspecialcase_ = 'specialize:shape'


def endswith(u_self, suffix, start=0, end=0x7fffffffffffffff):
    return u_self[start:end].endswith(suffix)

endswith._annspecialcase_ = 'specialize:shape'


def find(value, other, start, end):
    return value.find(other, start, end)

find._annspecialcase_ = 'specialize:argtype(0,1)'


def rfind(value, other, start, end):
    return value.rfind(other, start, end)

rfind._annspecialcase_ = 'specialize:argtype(0,1)'


def count(value, other, start, end):
    return value.count(other, start, end)

count._annspecialcase_ = 'specialize:argtype(0,1)'


def assert_str0(fname):
    return fname


def check_str0(fname):
    return fname


class ParseStringError(Exception):
    def __init__(self, msg):
        self.msg = msg


class ParseStringOverflowError(Exception):
    pass


class InvalidBaseError(ParseStringError):
    pass


def strip_spaces(s):
    return s.strip()


class NumberStringParser(object):
    """The digits of an integer literal, one after the other."""

    def __init__(self, s, literal, base, fname, allow_underscores=False, no_implicit_octal=False, start=0, end=-1):
        self.fname = fname
        s = literal
        n = len(s)
        if end >= 0 and end < n:
            n = end
        i = start
        sign = 1
        if i < n and s[i] == '-':
            sign = -1
            i += 1
        elif i < n and s[i] == '+':
            i += 1
        self.sign = sign
        self.original_base = base
        if base == 0:
            if i + 1 < n and s[i] == '0':
                c = s[i + 1]
                if c == 'x' or c == 'X':
                    base = 16
                elif c == 'b' or c == 'B':
                    base = 2
                else:
                    base = 8
            else:
                base = 10
        elif base < 2 or base > 36:
            raise InvalidBaseError("%s() base must be >= 2 and <= 36" % fname)
        self.base = base
        if i + 1 < n and s[i] == '0':
            c = s[i + 1]
            if base == 16 and (c == 'x' or c == 'X'):
                i += 2
            elif base == 8 and (c == 'o' or c == 'O'):
                i += 2
            elif base == 2 and (c == 'b' or c == 'B'):
                i += 2
        if i >= n:
            self.error()
        self.s = s
        self.i = i
        self.n = n
        self.start = i

    def error(self):
        raise ParseStringError("invalid literal for %s()" % self.fname)

    def rewind(self):
        self.i = self.start

    def next_digit(self):
        if self.i >= self.n:
            return -1
        c = ord(self.s[self.i])
        if c >= 48 and c <= 57:
            digit = c - 48
        elif c >= 97 and c <= 122:
            digit = c - 87
        elif c >= 65 and c <= 90:
            digit = c - 55
        else:
            digit = 99
        if digit >= self.base:
            self.error()
        self.i += 1
        return digit

    def prev_digit(self):
        self.i -= 1
        c = ord(self.s[self.i])
        if c >= 48 and c <= 57:
            return c - 48
        if c >= 97 and c <= 122:
            return c - 87
        return c - 55
