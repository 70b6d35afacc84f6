# Sets of callable objects that are not called alike.
from rpython.rlib.objectmodel import specialize


def one(x):
    return x + 1


def two(x, y=10):
    return x * y


def rest(x, *others):
    return x - len(others)


@specialize.argtype(0)
def both(x, y):
    return x + y


@specialize.argtype(0)
def first(x, y):
    return x


class Frozen(object):
    def __init__(self, n):
        self.n = n

    def _freeze_(self):
        return True

    def add(self, x):
        return self.n + x

    def __call__(self, x):
        return self.n * x

five = Frozen(5)
seven = Frozen(7)


class Counter(object):
    made = 0

    @classmethod
    def start(cls, x):
        return cls.base + x


class Low(Counter):
    base = 100


class High(Counter):
    base = 1000


def never_called_a():
    return 1


def never_called_b():
    return 2


class Holder(object):
    def __init__(self, f):
        self.f = f


def find(i):
    if i == 0:
        return None
    elif i == 1:
        return never_called_a
    return never_called_b

TABLE = [one, two, one]
MARKS = {"a": never_called_a, "b": never_called_b, "none": None}


def entry_point(argv):
    n = len(argv)
    for f in TABLE:
        print f(6),
    for f in [one, rest, two]:
        print f(n + 20),
    print
    for i in range(2):
        f = both
        if i == n:
            f = first
        print f("x", "y"), f(3, 4),
    print
    for i in range(2):
        m = five.add
        c = five
        start = Low.start
        if i == n:
            m = seven.add
            c = seven
            start = High.start
        print m(1), c(2), start(3),
    print
    for i in range(3):
        h = Holder(find(i))
        if h.f:
            print "function", int(h.f is never_called_a),
        else:
            print "none", int(h.f is None),
    print
    keys = MARKS.keys()
    keys.sort()
    for k in keys:
        print k, int(MARKS[k] is None), int(MARKS[k] == never_called_b),
    print
    return 0


def target(*args):
    return entry_point
