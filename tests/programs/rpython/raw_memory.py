from rpython.rtyper.lltypesystem import lltype, rffi
P = lltype.Struct('P', ('x', lltype.Signed), ('c', lltype.Char), ('d', rffi.DOUBLE), ('i', rffi.INT))
CP = rffi.CStruct('CP', ('a', rffi.SHORT), ('b', rffi.UCHAR), ('p', rffi.CCHARP))
A = lltype.Array(lltype.Signed)
class C(object):
    def __init__(self):
        self.p = lltype.nullptr(rffi.CCHARP.TO)
keep = C()
def entry_point(argv):
    p = lltype.malloc(P, flavor='raw')
    p.x = 5; p.c = 'a'; p.d = 2.5; p.i = rffi.cast(rffi.INT, 1 << 33 | 7)
    print p.x, p.c, p.d, p.i
    lltype.free(p, flavor='raw')
    q = lltype.malloc(CP, flavor='raw', zero=True)
    print q.c_a, q.c_b, not q.c_p
    q.c_a = rffi.cast(rffi.SHORT, 70000)
    q.c_b = rffi.cast(rffi.UCHAR, 257)
    print q.c_a, q.c_b, rffi.sizeof(CP)
    lltype.free(q, flavor='raw')
    a = lltype.malloc(A, 10, flavor='raw')
    for i in range(len(a)): a[i] = i * i
    s = 0
    for i in range(len(a)): s += a[i]
    print s
    lltype.free(a, flavor='raw')
    with rffi.scoped_str2charp("hello") as h:
        print rffi.charp2str(h), rffi.charpsize2str(h, 3), ord(rffi.cast(lltype.Char, 65))
    with lltype.scoped_alloc(rffi.INTP.TO, 4) as ip:
        ip[0] = rffi.cast(rffi.INT, -1)
        print rffi.cast(lltype.Signed, ip[0]), rffi.cast(rffi.UINT, ip[0])
        addr = rffi.cast(lltype.Signed, ip)
        print rffi.cast(rffi.INTP, addr) == ip
    if not keep.p:
        keep.p = rffi.str2charp("kept")
    print rffi.charp2str(keep.p)
    rffi.free_charp(keep.p)
    arr = lltype.malloc(rffi.CArray(P), 3, flavor='raw')
    arr[1].x = 77
    print arr[1].x
    lltype.free(arr, flavor='raw')
    return 0
def target(*args): return entry_point, None
