# rlib.types: names for rlib.signature.
class _Type(object):
    pass


def _make(*args, **kwds):
    return _Type()

none = impossible = _make
float = int = bool = char = str = str0 = unicode = _make
array = list = dict = _make
instance = any = self = any_number = _make
