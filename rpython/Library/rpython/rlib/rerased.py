# rlib.rerased: values of many types in one field. Erased instances are instances of a class that wraps them.


from rpython.rlib.unroll import unrolling_iterable


class Erased(object):
    pass

known = []
pairs = unrolling_iterable([])


def add_pair(cls):
    global pairs
    known.append(cls)
    pairs = unrolling_iterable(known)


def new_erasing_pair(name):
    class Wrapped(Erased):
        def __init__(self, value):
            self.value = value

    add_pair(Wrapped)
    Wrapped.__name__ = 'Erased_' + name

    def erase(x):
        return Wrapped(x)

    def unerase(erased):
        assert isinstance(erased, Wrapped)
        return erased.value
    return erase, unerase


def new_static_erasing_pair(name):
    erase, unerase = new_erasing_pair(name)
    return staticmethod(erase), staticmethod(unerase)


def cast(cls, x):
    if isinstance(x, cls):
        return x
    return None

cast._annspecialcase_ = 'specialize:arg(0)&specialize:argtype(1)'


def try_cast_erased(cls, erased):
    # What was erased if it is an instance of a class, None otherwise.
    for pair in pairs:
        if isinstance(erased, pair):
            return cast(cls, erased.value)
    return None

try_cast_erased._annspecialcase_ = 'specialize:arg(0)'


erase_int, unerase_int = new_erasing_pair('int')
