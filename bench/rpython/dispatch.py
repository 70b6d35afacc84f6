# Methods overridden in subclasses.
class Shape(object):
    def area(self):
        raise NotImplementedError

    def grow(self):
        pass


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side * self.side

    def grow(self):
        self.side = (self.side + 1) % 100


class Rectangle(Shape):
    def __init__(self, width, height):
        self.width = width
        self.height = height

    def area(self):
        return self.width * self.height

    def grow(self):
        self.width = (self.width + 3) % 100


class Line(Shape):
    def area(self):
        return 0


def run(n):
    shapes = [Square(2), Rectangle(2, 3), Line(), Rectangle(4, 5), Square(7)]
    total = 0
    for i in range(n):
        shape = shapes[i % 5]
        total += shape.area()
        shape.grow()
    return total


def entry_point(argv):
    n = 100000000
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
