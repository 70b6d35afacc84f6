class Shape(object):
    name = "shape"

    def __init__(self, size):
        self.size = size

    def area(self):
        return 0

    def describe(self):
        return "%s of %d" % (self.name, self.area())


class Square(Shape):
    name = "square"

    def area(self):
        return self.size * self.size


class Double(Square):
    def __init__(self, size):
        Square.__init__(self, size * 2)
        self.name = "double"

    def area(self):
        return Square.area(self) + 1


def entry_point(argv):
    shapes = [Shape(1), Square(2 + len(argv)), Double(3)]
    for s in shapes:
        print s.describe(), isinstance(s, Square), s.size
    return 0


def target(*args):
    return entry_point
