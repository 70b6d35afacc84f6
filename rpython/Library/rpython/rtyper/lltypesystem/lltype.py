# Low-level types, as names for casts (rffi.cast).
import _mu


class LowLevelType(object):
    def __init__(self, name, convert):
        self.name = name
        self.convert = convert

    def _freeze_(self):
        return True

Signed = LowLevelType('Signed', _mu.intmask)
Unsigned = LowLevelType('Unsigned', _mu.r_uint)
SignedLongLong = Signed
UnsignedLongLong = Unsigned
Float = LowLevelType('Float', float)
Bool = LowLevelType('Bool', bool)
Char = LowLevelType('Char', chr)
Void = LowLevelType('Void', None)


def typeOf(x):
    return Signed
