# Functions of the C library, and of C sources that belong to the program.
from rpython.rtyper.lltypesystem import lltype, rffi
from rpython.translator.tool.cbuild import ExternalCompilationInfo

c_source = """
#include <string.h>

int triple(int x) { return 3 * x; }
float half(float x) { return x / 2; }
unsigned char low(long x) { return (unsigned char)x; }
void reverse(char *s) {
    size_t n = strlen(s);
    for (size_t i = 0; i < n / 2; i++) { char c = s[i]; s[i] = s[n - 1 - i]; s[n - 1 - i] = c; }
}
struct point { short x; double y; };
double sum(struct point *points, int n) {
    double s = 0;
    for (int i = 0; i < n; i++) s += points[i].x * points[i].y;
    return s;
}
Signed apply(Signed n, Signed (*f)(Signed)) {
    Signed s = 0;
    for (Signed i = 0; i < n; i++) s += f(i);
    return s;
}
"""
eci = ExternalCompilationInfo(separate_module_sources=[c_source], includes=['stdlib.h'])
POINT = rffi.CStruct('point', ('x', rffi.SHORT), ('y', rffi.DOUBLE))
labs = rffi.llexternal('labs', [rffi.LONG], rffi.LONG)
strlen = rffi.llexternal('strlen', [rffi.CCHARP], rffi.SIZE_T)
triple = rffi.llexternal('triple', [rffi.INT], rffi.INT, compilation_info=eci)
half = rffi.llexternal('half', [rffi.FLOAT], rffi.FLOAT, compilation_info=eci)
low = rffi.llexternal('low', [rffi.LONG], rffi.UCHAR, compilation_info=eci)
reverse = rffi.llexternal('reverse', [rffi.CCHARP], lltype.Void, compilation_info=eci)
sum_of = rffi.llexternal('sum', [rffi.CArrayPtr(POINT), rffi.INT], rffi.DOUBLE, compilation_info=eci)
apply = rffi.llexternal('apply', [rffi.SIGNED, rffi.CCallback([rffi.SIGNED], rffi.SIGNED)], rffi.SIGNED, compilation_info=eci)


def square(n):
    # Objects are made while native code is on the stack.
    return len([n] * n) * n


def entry_point(argv):
    print labs(-5), strlen("hello")
    print rffi.cast(lltype.Signed, triple(rffi.cast(rffi.INT, -7)))
    print half(5.0), rffi.cast(lltype.Signed, low(513))
    s = rffi.str2charp("stressed")
    reverse(s)
    print rffi.charp2str(s)
    rffi.free_charp(s)
    points = lltype.malloc(rffi.CArray(POINT), 3, flavor='raw')
    for i in range(3):
        points[i].c_x = rffi.cast(rffi.SHORT, i + 1)
        points[i].c_y = 0.5 * i
    print sum_of(points, rffi.cast(rffi.INT, 3))
    lltype.free(points, flavor='raw')
    print apply(100, square)
    l = rffi.liststr2charpp(["a", "bc"])
    print rffi.charp2str(l[1]), len(rffi.charpp2liststr(l))
    rffi.free_charpp(l)
    return 0


def target(*args):
    return entry_point, None
