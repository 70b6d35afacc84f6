# Casts between integer types, and external functions that have a body in RPython.
from rpython.rtyper.lltypesystem.lltype import Signed, Unsigned, Float, LowLevelType
import _mu

LONG = Signed
SIGNED = Signed
LONGLONG = Signed
SSIZE_T = Signed
ULONG = Unsigned
UNSIGNED = Unsigned
ULONGLONG = Unsigned
SIZE_T = Unsigned
DOUBLE = Float
INT = LowLevelType('INT', _mu.r_int32)
UINT = LowLevelType('UINT', _mu.r_uint32)


def cast(TYPE, x):
    return TYPE.convert(x)

cast._annspecialcase_ = 'specialize:arg(0)&specialize:argtype(1)'


def llexternal(name, args, result, _callable=None, **kwds):
    if _callable is None:
        raise NotImplementedError('native functions')
    return _callable
