# Casts, raw memory as C has it, and native functions.
from rpython.rtyper.lltypesystem import lltype
from rpython.rtyper.lltypesystem.lltype import Signed, Unsigned, Float, Bool, Char, UniChar, LowLevelType, Ptr, integer
from rpython.rlib.rarithmetic import r_int32, r_uint32
from rpython.rlib.rstring import StringBuilder
import _mu

SIGNED = LONG = LONGLONG = SSIZE_T = OFF_T = INTPTR_T = INT64_T = INT64 = TIME_T = PTRDIFF_T = Signed
UNSIGNED = ULONG = ULONGLONG = SIZE_T = UINTPTR_T = UINT64_T = UINT64 = Unsigned
INT = INT_real = INT32_T = INT32 = PID_T = integer('INT', 4, True)
UINT = UINT32_T = UINT32 = MODE_T = integer('UINT', 4, False)
SHORT = INT16_T = INT16 = integer('SHORT', 2, True)
USHORT = UINT16_T = UINT16 = integer('USHORT', 2, False)
SIGNEDCHAR = INT8_T = INT8 = integer('SIGNEDCHAR', 1, True)
UCHAR = UINT8_T = UINT8 = integer('UCHAR', 1, False)
CHAR = Char
INT_FAST8_T, UINT_FAST8_T = INT8_T, UINT8_T
INT_FAST16_T = INT_FAST32_T = INT_FAST64_T = Signed
UINT_FAST16_T = UINT_FAST32_T = UINT_FAST64_T = Unsigned
DOUBLE = Float
FLOAT = lltype.SingleFloat
r_int = r_int32
r_uint = r_uint32
r_short = _mu.r_int16
r_ushort = _mu.r_uint16
r_signedchar = _mu.r_int8
r_uchar = _mu.r_uint8
r_long = int
r_longlong = int


def CArray(T):
    return lltype.Array(T, hints={'nolength': True})


CArray._annspecialcase_ = 'specialize:memo'


def CArrayPtr(T):
    return Ptr(CArray(T))

CArrayPtr._annspecialcase_ = 'specialize:memo'


def CFixedArray(T, n):
    return lltype.FixedSizeArray(T, n)


def CStruct(name, *fields, **kwds):
    return lltype.Struct(name, *[('c_' + field, T) for field, T in fields])


def CStructPtr(name, *fields, **kwds):
    return Ptr(CStruct(name, *fields))


def COpaque(name=None, **kwds):
    return lltype.OpaqueType(name)


def COpaquePtr(name=None, **kwds):
    return Ptr(lltype.OpaqueType(name))


def CCallback(args, result):
    return Ptr(lltype.FuncType(args, result))

VOIDP = CArrayPtr(Char)
CCHARP = VOIDP
CONST_CCHARP = CCHARP
CCHARPP = CArrayPtr(CCHARP)
VOIDPP = CCHARPP
CWCHARP = CArrayPtr(lltype.UniChar)
SIGNEDP = LONGP = LONGLONGP = SSIZE_TP = CArrayPtr(Signed)
UNSIGNEDP = ULONGP = ULONGLONGP = SIZE_TP = CArrayPtr(Unsigned)
INTP = CArrayPtr(INT)
UINTP = CArrayPtr(UINT)
SHORTP = CArrayPtr(SHORT)
USHORTP = CArrayPtr(USHORT)
SIGNEDCHARP = CArrayPtr(SIGNEDCHAR)
UCHARP = CArrayPtr(UCHAR)
DOUBLEP = CArrayPtr(Float)
FLOATP = CArrayPtr(FLOAT)
NULL = lltype.nullptr(VOIDP.TO)

RFFI_SAVE_ERRNO = 0
RFFI_READSAVED_ERRNO = 0
RFFI_ZERO_ERRNO_BEFORE = 0
RFFI_FULL_ERRNO = 0
RFFI_ERR_NONE = 0
RFFI_ERR_ALL = 0


def cast(TYPE, x):
    return _mu.raw_cast(TYPE, x)

cast._annspecialcase_ = 'specialize:arg(0)&specialize:argtype(1)'


def ptradd(p, n):
    return _mu.raw_add(p, n)

ptradd._annspecialcase_ = 'specialize:ll'


def sizeof(T):
    return T.size

sizeof._annspecialcase_ = 'specialize:memo'


def offsetof(T, name):
    return T.offsets[name]

offsetof._annspecialcase_ = 'specialize:memo'


def getintfield(p, name):
    return _mu.widen(getattr(p, name))

getintfield._annspecialcase_ = 'specialize:ll&specialize:arg(1)'


class ExternalFunction(object):
    # A call is one of the native function (CCALL).
    def __init__(self, name, args, result, eci):
        self.name = name
        self.args = args
        self.result = result
        self.eci = eci

    def _freeze_(self):
        return True

    def _native_function_(self):
        return True


def llexternal(name, args, result, _callable=None, compilation_info=None, **kwds):
    if _callable is not None:
        return _callable
    return ExternalFunction(name, args, result, compilation_info)


def _c_name(T):
    if T.kind == 'int':
        return ('' if T.signed else 'unsigned ') + {1: 'char' if not T.signed else 'signed char', 2: 'short', 4: 'int', 8: 'long'}[T.size]
    if T.kind == 'float':
        return 'float' if T.size == 4 else 'double'
    return {'char': 'char', 'bool': '_Bool', 'ptr': 'void *'}[T.kind]


def CExternVariable(T, name, eci, _CConstantClass=None, sandboxsafe=False, _nowrapper=False, c_type=None, getter_only=False, declare_as_extern=False):
    # A variable of C: a function that reads it, and one that sets it, in C.
    c_type = c_type or _c_name(T)
    lines = ['#include <%s>' % header for header in eci.includes]
    if declare_as_extern:
        lines.append('extern %s %s;' % (c_type, name))
    lines.append('%s get_%s(void) { return (%s)%s; }' % (c_type, name, c_type, name))
    if not getter_only:
        lines.append('void set_%s(%s value) { %s = value; }' % (name, c_type, name))
    accessors = eci.with_source('\n'.join(lines) + '\n')
    getter = llexternal('get_' + name, [], T, compilation_info=accessors)
    if getter_only:
        return getter
    return getter, llexternal('set_' + name, [T], lltype.Void, compilation_info=accessors)


def str2charp(s, track_allocation=True):
    n = len(s)
    p = lltype.malloc(CCHARP.TO, n + 1, flavor='raw')
    i = 0
    while i < n:
        p[i] = s[i]
        i += 1
    p[n] = '\0'
    return p


def free_charp(p, track_allocation=True):
    lltype.free(p, flavor='raw')


def charp2str(p):
    b = StringBuilder()
    i = 0
    while p[i] != '\0':
        b.append(p[i])
        i += 1
    return b.build()


def charp2strn(p, limit):
    b = StringBuilder()
    i = 0
    while i < limit and p[i] != '\0':
        b.append(p[i])
        i += 1
    return b.build()


def charpsize2str(p, size):
    b = StringBuilder(size)
    i = 0
    while i < size:
        b.append(p[i])
        i += 1
    return b.build()


def liststr2charpp(l):
    n = len(l)
    p = lltype.malloc(CCHARPP.TO, n + 1, flavor='raw')
    i = 0
    while i < n:
        p[i] = str2charp(l[i])
        i += 1
    p[n] = lltype.nullptr(CCHARP.TO)
    return p

ll_liststr2charpp = liststr2charpp


def charpp2liststr(p):
    result = []
    i = 0
    while p[i]:
        result.append(charp2str(p[i]))
        i += 1
    return result


def free_charpp(p):
    i = 0
    while p[i]:
        free_charp(p[i])
        i += 1
    lltype.free(p, flavor='raw')


def c_memcpy(to, source, n):
    i = 0
    while i < n:
        to[i] = source[i]
        i += 1


class scoped_str2charp(object):
    def __init__(self, value):
        if value is not None:
            self.buf = str2charp(value)
        else:
            self.buf = lltype.nullptr(CCHARP.TO)

    def __enter__(self):
        return self.buf

    def __exit__(self, *args):
        if self.buf:
            free_charp(self.buf)


class scoped_alloc_buffer(object):
    def __init__(self, size):
        self.size = size
        self.raw = lltype.malloc(CCHARP.TO, size, flavor='raw')

    def __enter__(self):
        return self

    def __exit__(self, *args):
        lltype.free(self.raw, flavor='raw')

    def str(self, length):
        return charpsize2str(self.raw, length)
