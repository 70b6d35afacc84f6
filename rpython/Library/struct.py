# struct: unpack in compiled code too, with a constant format; the rest while modules are imported.
from rpython.rlib.longlong2float import float2longlong, singlefloat2uint
from rpython.rlib.rarithmetic import r_singlefloat
from rpython.rlib.rstruct.error import StructError as error
from rpython.rlib.rstruct.layout import layout
from rpython.rlib.rstruct.runpack import runpack as unpack


def calcsize(fmt):
    return layout(fmt)[2]


def pack(fmt, *values):
    big, items, size = layout(fmt)
    if len(values) != len(items):
        raise error('pack expected %d items for packing (got %d)' % (len(items), len(values)))
    bytes = ['\0'] * size
    for item, value in zip(items, values):
        if item.code in 'sp':
            text = value[:item.size]
            if item.code == 'p':
                text = chr(min(len(value), item.size - 1)) + value[:item.size - 1]
            bytes[item.offset:item.offset + len(text)] = list(text)
            continue
        if item.code == 'c':
            bits = ord(value)
        elif item.code == 'd':
            bits = float2longlong(value)
        elif item.code == 'f':
            bits = int(singlefloat2uint(r_singlefloat(value)))
        else:
            bits = int(value)
            low, high = (-1 << 8 * item.size - 1, 1 << 8 * item.size - 1) if item.code in 'bhilq' else (0, 1 << 8 * item.size)
            if not low <= bits < high:
                raise error('number out of range for %r format' % item.code)
        for i in range(item.size):
            at = item.size - 1 - i if big else i
            bytes[item.offset + at] = chr(bits >> 8 * i & 255)
    return ''.join(bytes)
