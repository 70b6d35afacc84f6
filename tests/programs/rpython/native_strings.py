# Native functions called from several places, and memory that is cleared, copied and compared.
from rpython.rtyper.lltypesystem import lltype, rffi

strlen = rffi.llexternal('strlen', [rffi.CCHARP], rffi.SIZE_T)
memcpy = rffi.llexternal('memcpy', [rffi.VOIDP, rffi.VOIDP, rffi.SIZE_T], rffi.VOIDP)
atoi = rffi.llexternal('atoi', [rffi.CCHARP], rffi.INT)


def length(s):
    return rffi.cast(lltype.Signed, strlen(s))


def number(s):
    return rffi.cast(lltype.Signed, atoi(s))


def entry_point(argv):
    print length("one"), length(""), rffi.cast(lltype.Signed, strlen("three"))
    print number("42"), number("-7x") + rffi.cast(lltype.Signed, atoi("8"))
    with rffi.scoped_alloc_buffer(16) as buffer:
        with rffi.scoped_str2charp("copied by C") as s:
            memcpy(buffer.raw, s, rffi.cast(rffi.SIZE_T, 12))
        print buffer.str(6), rffi.charp2str(rffi.ptradd(buffer.raw, 7))
    words = lltype.malloc(rffi.CArray(lltype.Signed), 4, flavor='raw', zero=True)
    words[2] = 7
    print words[0] + words[2], words == lltype.nullptr(rffi.CArray(lltype.Signed))
    lltype.free(words, flavor='raw')
    return 0


def target(*args):
    return entry_point, None
