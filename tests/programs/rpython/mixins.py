from rpython.rlib.objectmodel import import_from_mixin


class Walks(object):
    def walk(self):
        return self.name + " walks"


class Swims(object):
    _mixin_ = True

    def swim(self):
        return self.name + " swims"


class Duck(Swims):
    import_from_mixin(Walks)

    def __init__(self, name):
        self.name = name


class Dog(object):
    import_from_mixin(Walks)

    def __init__(self, name):
        self.name = name


def entry_point(argv):
    d = Duck("duck" * len(argv))
    print d.walk(), d.swim(), Dog("dog").walk()
    return 0


def target(*args):
    return entry_point
