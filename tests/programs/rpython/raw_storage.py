# rlib.rawstorage: values of all kinds at any place of raw memory.
from rpython.rlib.rarithmetic import r_uint, r_int32, r_uint32
from rpython.rlib.rawstorage import alloc_raw_storage, free_raw_storage, raw_storage_getitem, raw_storage_setitem, raw_storage_getitem_unaligned, raw_storage_setitem_unaligned
from rpython.rtyper.lltypesystem import lltype, rffi


def aligned(n):
    p = alloc_raw_storage(64, zero=True)
    raw_storage_setitem(p, 0, -n)
    raw_storage_setitem(p, 8, n * 0.5)
    raw_storage_setitem(p, 16, r_uint(n) - r_uint(5))
    raw_storage_setitem(p, 24, rffi.cast(rffi.INT, n * 3))
    raw_storage_setitem(p, 28, rffi.cast(rffi.USHORT, 65535 + n))
    raw_storage_setitem(p, 30, chr(64 + n))
    print raw_storage_getitem(lltype.Signed, p, 0), int(raw_storage_getitem(lltype.Float, p, 8) * 10), raw_storage_getitem(lltype.Unsigned, p, 16)
    print rffi.cast(lltype.Signed, raw_storage_getitem(rffi.INT, p, 24)), rffi.cast(lltype.Signed, raw_storage_getitem(rffi.USHORT, p, 28)), raw_storage_getitem(lltype.Char, p, 30)
    print rffi.cast(lltype.Signed, raw_storage_getitem(rffi.UCHAR, p, 0)), rffi.cast(lltype.Signed, raw_storage_getitem(rffi.SIGNEDCHAR, p, 7)), raw_storage_getitem(lltype.Signed, p, 32)
    free_raw_storage(p)


def unaligned(n):
    p = alloc_raw_storage(40)
    for i in range(9):
        raw_storage_setitem_unaligned(p, i, n * i)
        raw_storage_setitem_unaligned(p, i + 17, n * 1.5)
        if raw_storage_getitem_unaligned(lltype.Signed, p, i) != n * i:
            print "wrong", i
        if raw_storage_getitem_unaligned(lltype.Float, p, i + 17) != n * 1.5:
            print "wrong float", i
    print raw_storage_getitem_unaligned(lltype.Signed, p, 8)
    free_raw_storage(p)


def entry_point(argv):
    aligned(len(argv) + 2)
    unaligned(len(argv) + 6)
    return 0


def target(driver, args):
    return entry_point, None
