# Types as arguments: what an array holds and what a pointer points to, asked in compiled code.
from rpython.rlib.objectmodel import specialize
from rpython.rtyper.lltypesystem import lltype

INTS = lltype.GcArray(lltype.Signed)
ROWS = lltype.GcArray(lltype.Ptr(INTS))
POINT = lltype.GcStruct('point', ('x', lltype.Signed))
POINTS = lltype.GcArray(lltype.Ptr(POINT))
LATER = lltype.GcForwardReference()
LATER.become(lltype.GcStruct('later', ('row', lltype.Ptr(INTS))))


@specialize.arg(0)
def array(TP, n):
    return lltype.malloc(TP.TO, n, zero=True)


@specialize.arg(0)
def row(TP, n):
    return lltype.malloc(TP.OF.TO, n, zero=True)


@specialize.arg(0)
def item(TP):
    return lltype.malloc(TP.OF.TO, zero=True)


@specialize.arg(0)
def is_of_ints(TP):
    if TP and TP.OF is lltype.Signed:
        return 1
    return 0


def entry_point(argv):
    n = len(argv) + 2
    rows = array(lltype.Ptr(ROWS), n)
    for i in range(n):
        rows[i] = row(ROWS, i + 1)
        rows[i][i] = i * 10
    print len(rows), len(rows[2]), rows[1][1], rows[2][2], rows[2][0]
    p = item(POINTS)
    p.x = n
    points = array(lltype.Ptr(POINTS), 2)
    points[1] = p
    print points[1].x
    print is_of_ints(INTS), is_of_ints(ROWS), is_of_ints(ROWS.OF.TO)
    return 0


def target(driver, args):
    return entry_point, None
