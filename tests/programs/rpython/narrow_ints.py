from rpython.rtyper.lltypesystem import rffi, lltype


def entry_point(argv):
    n = len(argv)
    big = (1 << 35) + 0x80000000 * n + 5
    print rffi.cast(lltype.Signed, rffi.cast(rffi.INT, big))
    print rffi.cast(lltype.Signed, rffi.cast(rffi.UINT, big))
    print rffi.cast(lltype.Signed, rffi.cast(rffi.UINT, -n))
    return 0


def target(*args):
    return entry_point
