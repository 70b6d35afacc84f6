# rlib.rerased: values of many types in one field. Erased instances are instances of a class that wraps them.


class Erased(object):
    pass


def new_erasing_pair(name):
    class Wrapped(Erased):
        def __init__(self, value):
            self.value = value

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


erase_int, unerase_int = new_erasing_pair('int')
