# rerased.try_cast_erased: what was erased, if it is an instance of a class.
from rpython.rlib.rerased import new_erasing_pair, try_cast_erased


class X(object):
    def __init__(self, n):
        self.n = n


class Y(X):
    pass


class Z(object):
    pass

erase_x, unerase_x = new_erasing_pair("x")
erase_str, unerase_str = new_erasing_pair("str")
erase_list, unerase_list = new_erasing_pair("list")
erase_unused, unerase_unused = new_erasing_pair("unused")


def make(i):
    if i == 0:
        return erase_x(X(5))
    if i == 1:
        return erase_str("text")
    if i == 2:
        return erase_list([i, i])
    return erase_x(Y(6))


def entry_point(argv):
    for i in range(len(argv) - 1, 4):
        erased = make(i)
        x = try_cast_erased(X, erased)
        y = try_cast_erased(Y, erased)
        z = try_cast_erased(Z, erased)
        print int(x is None), int(y is None), int(z is None)
        if x is not None:
            print x.n
        elif i == 1:
            print unerase_str(erased)
        else:
            print len(unerase_list(erased))
    return 0


def target(driver, args):
    return entry_point, None
