# Instances are equal that are the same: RPython calls neither __eq__ nor __ne__ in compiled code (while modules are imported, Python does).
class Point(object):
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        if self.__class__ is not other.__class__:
            return NotImplemented
        return vars(self) == vars(other)

    def __ne__(self, other):
        return not self == other

AT_IMPORT = Point.__eq__(Point(1), Point(1))


def entry_point(argv):
    a = Point(len(argv))
    b = Point(len(argv))
    print a == b, a != b, a == a, a != a
    print a in [b], a in [b, a], [a, b].index(b)
    print AT_IMPORT
    return 0


def target(*args):
    return entry_point
