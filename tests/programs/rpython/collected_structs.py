# Structs and arrays of the collected heap, declared as low-level types (lltype.GcStruct, lltype.GcArray).
from rpython.rtyper.lltypesystem import lltype

POINT = lltype.GcStruct('point', ('x', lltype.Signed), ('y', lltype.Float), ('tag', lltype.Char), ('hidden', lltype.Bool))
NODE = lltype.GcForwardReference()
NODE.become(lltype.GcStruct('node', ('value', lltype.Signed), ('next', lltype.Ptr(NODE))))
INTS = lltype.GcArray(lltype.Signed)
FLOATS = lltype.GcArray(lltype.Float)
POINTS = lltype.GcArray(lltype.Ptr(POINT))
PAIRS = lltype.GcArray(('key', lltype.Signed), ('value', lltype.Ptr(POINT)))
TEXT = lltype.GcStruct('text', ('hash', lltype.Signed), ('chars', lltype.Array(lltype.Char)))
SIZE = lltype.Struct('size', ('w', lltype.Signed), ('h', lltype.Signed))
BOX = lltype.GcStruct('box', ('size', SIZE), ('name', lltype.Ptr(TEXT)))
BASE = lltype.GcStruct('base', ('kind', lltype.Signed))
DERIVED = lltype.GcStruct('derived', ('super', BASE), ('extra', lltype.Signed))

PREBUILT = lltype.malloc(POINT, zero=True, immortal=True)
PREBUILT.x = 77
TABLE = lltype.malloc(INTS, 4, zero=True, immortal=True)
TABLE[2] = 5


def text(s):
    t = lltype.malloc(TEXT, len(s))
    for i in range(len(s)):
        t.chars[i] = s[i]
    return t


def chain(n):
    head = lltype.nullptr(NODE)
    while n > 0:
        node = lltype.malloc(NODE)
        node.value = n
        node.next = head
        head = node
        n -= 1
    return head


def total(node):
    result = 0
    while node:
        result += node.value
        node = node.next
    return result


def kind_of(base):
    return base.kind


def entry_point(argv):
    p = lltype.malloc(POINT, zero=True)
    print p.x, int(p.y), ord(p.tag), p.hidden
    p.x = 3
    p.y = 2.5
    p.tag = 'p'
    q = p
    q.x += 1
    print p.x, int(p.y * 10), p.tag, p == q, p != PREBUILT, PREBUILT.x
    print total(chain(10)), total(lltype.nullptr(NODE)), total(chain(1000))
    a = lltype.malloc(INTS, 5, zero=True)
    for i in range(len(a)):
        a[i] = i * i
    f = lltype.malloc(FLOATS, 2, zero=True)
    f[1] = 1.5
    print len(a), a[4], int(f[0]), int(f[1] * 2), TABLE[2], TABLE[3], len(TABLE)
    points = lltype.malloc(POINTS, 3, zero=True)
    points[1] = p
    print bool(points[0]), points[1].x
    pairs = lltype.malloc(PAIRS, 2, zero=True)
    pairs[0].key = 8
    pairs[1].value = PREBUILT
    print pairs[0].key, pairs[1].key, pairs[1].value.x, bool(pairs[0].value)
    t = text('hello')
    t.hash = 12
    print len(t.chars), t.chars[1], t.hash
    b = lltype.malloc(BOX, zero=True)
    b.size.w = 4
    b.name = t
    size = b.size
    size.h = b.size.w + 1
    print b.size.h, len(b.name.chars)
    empty = lltype.malloc(INTS, 0, zero=True)
    print bool(empty), len(empty)
    d = lltype.malloc(DERIVED, zero=True)
    d.super.kind = 6
    d.extra = 1
    base = lltype.cast_pointer(lltype.Ptr(BASE), d)
    print kind_of(base), lltype.cast_pointer(lltype.Ptr(DERIVED), base).extra
    return 0

if __name__ == '__main__':
    import sys
    sys.exit(entry_point(sys.argv))
