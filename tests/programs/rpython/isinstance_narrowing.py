class Value(object):
    pass


class Int(Value):
    def __init__(self, n):
        self.n = n


class Str(Value):
    def __init__(self, s):
        self.s = s


def show(v):
    if isinstance(v, Int):
        return "int %d" % v.n
    elif isinstance(v, Str):
        return "str " + v.s
    return "?"


def add(a, b):
    assert isinstance(a, Int)
    assert isinstance(b, Int)
    return Int(a.n + b.n)


def entry_point(argv):
    for v in [Int(len(argv)), Str("x"), Value(), add(Int(2), Int(3))]:
        print show(v), isinstance(v, (Int, Str)), v.__class__.__name__
    print type(Int(1)) is Int, Int(1).__class__ is Str
    return 0


def target(*args):
    return entry_point
