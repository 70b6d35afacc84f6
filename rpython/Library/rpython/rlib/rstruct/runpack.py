# rlib.rstruct.runpack: strs taken apart by a constant format.
from rpython.rlib.longlong2float import longlong2float, uint2singlefloat
from rpython.rlib.objectmodel import specialize
from rpython.rlib.rarithmetic import intmask, r_uint, r_uint32
from rpython.rlib.rstruct.error import StructError
from rpython.rlib.rstruct.layout import layout


def _bits(s, at, size, big):
    value = 0
    i = 0
    while i < size:
        if big:
            value = value << 8 | ord(s[at + i])
        else:
            value |= ord(s[at + i]) << 8 * i
        i += 1
    return value


def _signed(s, at, size, big):
    value = intmask(_bits(s, at, size, big))
    if size < 8 and value >> 8 * size - 1:
        value -= 1 << 8 * size
    return value


def _unsigned(s, at, size, big):
    return _bits(s, at, size, big)


def _word(s, at, size, big):
    # Byte by byte in an unsigned word, whatever ints are where this runs.
    value = r_uint(0)
    i = 0
    while i < 8:
        value = value << 8 | r_uint(ord(s[at + (i if big else 7 - i)]))
        i += 1
    return value


def _double(s, at, size, big):
    return longlong2float(intmask(_word(s, at, size, big)))


def _single(s, at, size, big):
    return float(uint2singlefloat(r_uint32(_bits(s, at, size, big))))


def _bool(s, at, size, big):
    return s[at] != '\0'


def _char(s, at, size, big):
    return s[at]


def _str(s, at, size, big):
    return s[at:at + size]


def _pascal(s, at, size, big):
    n = ord(s[at])
    if n >= size:
        n = size - 1
    return s[at + 1:at + 1 + n]

READERS = {'c': '_char', '?': '_bool', 'f': '_single', 'd': '_double', 's': '_str', 'p': '_pascal'}


def _reader(item):
    if item.code in READERS:
        return READERS[item.code]
    if item.code in 'bhilq':
        return '_signed'
    return '_word' if item.size == 8 else '_unsigned'


class Unpacker(object):
    def __init__(self, fmt):
        big, items, size = layout(fmt)
        reads = ''.join(['%s(s, %d, %d, %s), ' % (_reader(item), item.offset, item.size, big) for item in items])
        names = dict(globals())
        exec 'def unpack(s):\n    if len(s) != %d:\n        raise StructError("unpack str size does not match format")\n    return (%s)\n' % (size, reads) in names
        self.unpack = names['unpack']

    def _freeze_(self):
        return True


@specialize.memo()
def create_unpacker(fmt):
    return Unpacker(fmt)


@specialize.arg(0)
def runpack(fmt, input):
    return create_unpacker(fmt).unpack(input)
