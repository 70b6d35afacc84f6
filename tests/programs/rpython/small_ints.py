# Integers of 8 and 16 bits, as values and in lists.
from rpython.rtyper.lltypesystem import rffi
from rpython.rlib.rarithmetic import widen


def entry_point(argv):
    n = len(argv)
    print widen(rffi.r_short(7000 * n)), widen(rffi.r_ushort(70000 * n)), widen(rffi.r_signedchar(99 + n)), widen(rffi.r_uchar(299 + n))
    l = []
    for i in range(4):
        l.append(rffi.r_short(i * 9000 * n))
    total = 0
    for x in l:
        total += widen(x)
    print total, len(l), widen(rffi.cast(rffi.UCHAR, 255 + n)), widen(rffi.cast(rffi.SHORT, -32769 * n))
    return 0


def target(*args):
    return entry_point
