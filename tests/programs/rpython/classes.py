class Shape(object):
    name = "shape"
    def __init__(self, n):
        self.n = n
        self.next = None
    def area(self):
        return 0
    def describe(self):
        return "%s %d area=%d" % (self.name, self.n, self.area())

class Square(Shape):
    name = "square"
    def area(self):
        return self.n * self.n

class Rect(Shape):
    name = "rect"
    def __init__(self, n, m):
        Shape.__init__(self, n)
        self.m = m
    def area(self):
        return self.n * self.m

def entry_point(argv):
    shapes = [Shape(1), Square(3), Rect(2, 5)]
    for s in shapes:
        print s.describe()
    head = None
    for s in shapes:
        s.next = head
        head = s
    while head is not None:
        if isinstance(head, Rect):
            print "rect", head.m
        elif isinstance(head, Square):
            print "square"
        else:
            print "other"
        head = head.next
    return 0
