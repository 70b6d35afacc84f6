# Low-level types: of raw memory, of native functions, and as names for casts (rffi.cast).
# The compiler reads the attributes: kind, size, alignment, signed, OF, TO, offsets.
import _mu


class LowLevelType(object):
    OF = None
    TO = None
    signed = False
    nolength = True
    count = -1
    offset = 0

    def __init__(self, name, kind, size, alignment=0):
        self.name = name
        self.kind = kind
        self.size = size
        self.alignment = alignment or size

    def _freeze_(self):
        return True

    def __repr__(self):
        return self.name

    def __ne__(self, other):
        return self is not other


def integer(name, size, signed):
    T = LowLevelType(name, 'int', size)
    T.signed = signed
    return T

Signed = integer('Signed', 8, True)
Unsigned = integer('Unsigned', 8, False)
SignedLongLong = Signed
UnsignedLongLong = Unsigned
Float = LowLevelType('Float', 'float', 8)
SingleFloat = LowLevelType('SingleFloat', 'float', 4)
LongFloat = Float
Bool = LowLevelType('Bool', 'bool', 1)
Char = LowLevelType('Char', 'char', 1)
UniChar = LowLevelType('UniChar', 'unichar', 4)
Void = LowLevelType('Void', 'void', 0, 1)


def Ptr(T):
    # One object for each type that is pointed to, so that types are compared by identity.
    if not hasattr(T, '_pointer'):
        P = LowLevelType('* ' + T.name, 'ptr', 8)
        P.TO = T
        T._pointer = P
    return T._pointer

Ptr._annspecialcase_ = 'specialize:memo'


def Array(OF, *fields, **kwds):
    hints = kwds.get('hints', {})
    if not isinstance(OF, LowLevelType):
        OF = Struct('item', OF, *fields)
    nolength = hints.get('nolength', False)
    cache = '_array_of_nolength' if nolength else '_array_of'
    if not hasattr(OF, cache):
        T = LowLevelType(('Array of %s' if nolength else 'Array with length of %s') % OF.name, 'array', 0, OF.alignment)
        T.OF = OF
        T.nolength = nolength
        if not nolength:
            T.offset = 8
            T.size = 8
            T.alignment = 8
        setattr(OF, cache, T)
    return getattr(OF, cache)


def FixedSizeArray(OF, count):
    T = LowLevelType('Array of %d %s' % (count, OF.name), 'array', OF.size * count, OF.alignment)
    T.OF = OF
    T.count = count
    return T


def Struct(name, *fields, **kwds):
    T = LowLevelType(name, 'struct', 0, 1)
    T.names = []
    T.offsets = {}
    T.types = {}
    T._finish = fields
    at = 0
    for field, FIELD in fields:
        align = FIELD.alignment
        at = (at + align - 1) // align * align
        T.names.append(field)
        T.offsets[field] = at
        T.types[field] = FIELD
        at += FIELD.size
        T.alignment = max(T.alignment, align)
    T.size = (at + T.alignment - 1) // T.alignment * T.alignment
    return T


def ForwardReference():
    return ForwardStruct('a struct that is still to come', 'struct', 0, 1)


class ForwardStruct(LowLevelType):
    def become(self, T):
        for name in ('name', 'size', 'alignment', 'names', 'offsets', 'types'):
            setattr(self, name, getattr(T, name))


def FuncType(args, result, abi='FFI_DEFAULT_ABI'):
    T = LowLevelType('function (%s) -> %s' % (', '.join([A.name for A in args]), result.name), 'func', 0, 1)
    T.args = args
    T.result = result
    return T


def OpaqueType(name, hints={}):
    return LowLevelType(name, 'opaque', 0, 1)


def GcStruct(name, *fields, **kwds):
    from rpython.rtyper.lltypesystem import gctypes
    return gctypes.gc_struct(name, fields)


def GcArray(OF, *fields, **kwds):
    from rpython.rtyper.lltypesystem import gctypes
    if not isinstance(OF, LowLevelType):
        OF = Struct('item', OF, *fields)
    return gctypes.gc_array(OF)


def GcForwardReference():
    from rpython.rtyper.lltypesystem import gctypes
    return gctypes.GcType('a struct that is still to come', 'gcstruct', 8)


def GcOpaqueType(name, **kwds):
    raise TypeError('GcOpaqueType is not supported')


def cast_pointer(P, p):
    from rpython.rtyper.lltypesystem import gctypes
    return gctypes.cast(P.TO, p)

cast_pointer._annspecialcase_ = 'specialize:arg(0)'


class NullPointer(object):
    # A pointer that modules make while they are imported.
    def __init__(self, TO):
        self.TO = TO

    def _low_level_pointer_(self):
        return True

    def __nonzero__(self):
        return False


def nullptr(T):
    if T.kind in ('gcstruct', 'gcarray'):
        return None
    if _mu.we_are_translated():
        return _mu.raw_cast(Ptr(T), 0)
    if not hasattr(T, '_null'):
        T._null = NullPointer(T)
    return T._null

nullptr._annspecialcase_ = 'specialize:memo'


def malloc(T, n=-1, flavor='gc', zero=False, track_allocation=True, immortal=False, nonmovable=False, add_memory_pressure=False):
    if flavor != 'raw':
        from rpython.rtyper.lltypesystem import gctypes
        return gctypes.gc_new(T, n)
    if T.kind != 'array' or T.count >= 0:
        p = _mu.raw_malloc(T, T.size, zero)
    else:
        if n < 0 or n > 0x7fffffffffffff // (T.OF.size + 1):
            raise MemoryError
        p = _mu.raw_malloc(T, T.offset + T.OF.size * n, zero)
        if not T.nolength:
            _mu.raw_set_length(p, n)
    if not p:
        raise MemoryError
    return p

malloc._annspecialcase_ = 'specialize:arg(0,2)'


def free(p, flavor='gc', track_allocation=True):
    _mu.raw_free(p)

free._annspecialcase_ = 'specialize:ll'


def render_immortal(p, track_allocation=True):
    pass

render_immortal._annspecialcase_ = 'specialize:ll'


class scoped_alloc(object):
    def __init__(self, T, n=-1, zero=False):
        if n == -1:
            self.buf = malloc(T, flavor='raw', zero=zero)
        else:
            self.buf = malloc(T, n, flavor='raw', zero=zero)

    __init__._annspecialcase_ = 'specialize:arg(1)'

    def __enter__(self):
        return self.buf

    def __exit__(self, *args):
        free(self.buf, flavor='raw')


def direct_fieldptr(p, name):
    return _mu.raw_field_pointer(p, name)

direct_fieldptr._annspecialcase_ = 'specialize:ll&specialize:arg(1)'


def typeOf(x):
    if _mu.we_are_translated():
        return _mu.raw_type_of(x)
    for cls, T in ((bool, Bool), (float, Float), (str, Char), (unicode, UniChar)):
        if isinstance(x, cls):
            return T
    return Signed

typeOf._annspecialcase_ = 'specialize:ll'
