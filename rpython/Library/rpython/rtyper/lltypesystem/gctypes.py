# Low-level types of the collected heap: a GcStruct is a class, a GcArray one that holds a list, and a pointer to one of them a reference. What stands inside another in RPython is an object of its own here.
import _mu
from rpython.rlib.rarithmetic import r_uint, r_int32, r_uint32
from rpython.rlib.unroll import unrolling_iterable
from rpython.rtyper.lltypesystem.lltype import LowLevelType, nullptr


class GcType(LowLevelType):
    # cls: the class; zero: what a place of a scalar type has at first; inlined: the fields that are containers.
    cls = None
    item = None
    inlined = unrolling_iterable([])

    def become(self, T):
        for name in ('name', 'kind', 'cls', 'OF', 'item', 'inlined'):
            setattr(self, name, getattr(T, name))


class GcArrayMethods(object):
    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]

    def __setitem__(self, i, value):
        self.items[i] = value


def is_container(T):
    return T.kind in ('struct', 'array', 'gcstruct', 'gcarray')


def zero_of(T):
    if T.kind == 'int':
        if T.size == 8:
            return 0 if T.signed else r_uint(0)
        if T.size == 4:
            return r_int32(0) if T.signed else r_uint32(0)
        raise TypeError('%s in the collected heap' % T.name)
    if T.kind == 'ptr' and not isinstance(T.TO, GcType):
        return nullptr(T.TO)
    return {'float': 0.0, 'bool': False, 'char': '\x00', 'unichar': u'\x00'}.get(T.kind)


def gc_struct(name, fields):
    bases = (object,)
    attributes = {}
    inlined = []
    for i, (field, FIELD) in enumerate(fields):
        if i == 0 and FIELD.kind == 'gcstruct':
            # The struct that it begins with is its base.
            bases = (FIELD.cls,)
            attributes[field] = property(itself)
            inlined.extend(FIELD.own_inlined)
        elif is_container(FIELD):
            inlined.append((field, gc_inside(FIELD)))
        else:
            attributes[field] = zero_of(FIELD)
    T = GcType(name, 'gcstruct', 8)
    T.own_inlined = inlined
    T.inlined = unrolling_iterable(inlined)
    T.cls = type(name, bases, attributes)
    return T


def itself(self):
    return self


def gc_array(OF):
    class GcArrayObject(object):
        _mu.import_from_mixin(GcArrayMethods)
    T = GcType('GcArray of ' + OF.name, 'gcarray', 8)
    T.cls = GcArrayObject
    T.OF = OF
    T.item = gc_inside(OF) if is_container(OF) else OF
    T.zero = None if is_container(OF) else zero_of(OF)
    return T


def gc_inside(T):
    # A struct or an array that stands inside of something.
    if isinstance(T, GcType):
        return T
    if not hasattr(T, '_inside'):
        T._inside = gc_array(T.OF) if T.kind == 'array' else gc_struct(T.name, [(n, T.types[n]) for n in T.names])
    return T._inside


def gc_new(T, n):
    p = _mu.instantiate(T.cls)
    if T.kind == 'gcarray':
        if n < 0:
            raise MemoryError
        if isinstance(T.item, GcType):
            p.items = [gc_new(T.item, 0) for i in range(n)]
        else:
            p.items = [T.zero] * n
    for name, FIELD in T.inlined:
        setattr(p, name, gc_new(FIELD, n))
    return p

gc_new._annspecialcase_ = 'specialize:arg(0)'


def cast(T, p):
    if p is not None:
        assert isinstance(p, T.cls)
    return p

cast._annspecialcase_ = 'specialize:arg(0)'
