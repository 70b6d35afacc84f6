# Classes that are not constant where they are used: isinstance, issubclass, memo functions.
from rpython.rlib.objectmodel import specialize


class Shape(object):
    pass


class Round(Shape):
    pass


class Circle(Round):
    pass


class Square(Shape):
    pass


def pick(i):
    if i == 0:
        return Shape
    elif i == 1:
        return Round
    elif i == 2:
        return Circle
    return Square


def make(i):
    if i == 4:
        return None
    return pick(i)()


@specialize.memo()
def describe(cls):
    return "%s of %d" % (cls.__name__, len(cls.__mro__))


@specialize.memo()
def choose(flag, other):
    if flag and other:
        return "both"
    return str(int(flag)) + str(int(other))


class Strategy(object):
    def __init__(self, name, weight):
        self.name = name
        self.weight = weight

    def _freeze_(self):
        return True

light = Strategy("light", 2)
heavy = Strategy("heavy", [7, 8])


@specialize.memo()
def label(strategy, loud=True):
    if loud:
        return strategy.name.upper()
    return strategy.name


def entry_point(argv):
    n = len(argv)
    for i in range(4):
        row = []
        for k in range(5):
            row.append(str(int(isinstance(make(k), pick(i)))))
        print " ".join(row),
        row = []
        for k in range(4):
            row.append(str(int(issubclass(pick(k), pick(i)))))
        print " ".join(row),
        print int(issubclass(pick(i), Round)), int(issubclass(pick(i), (Square, Circle))), describe(pick(i))
    print choose(n > 0, n > 1), choose(n > 1, n > 0), choose(True, n == 1)
    for i in range(2):
        s = light
        if i == n:
            s = heavy
        print label(s), label(s, False), s.name
    return 0


def target(*args):
    return entry_point
