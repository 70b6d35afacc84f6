class Base(Exception):
    def __init__(self, code):
        self.code = code


class Derived(Base):
    pass


class Other(Exception):
    pass


def fail(n):
    if n == 0:
        raise Base(10)
    if n == 1:
        raise Derived(20)
    if n == 2:
        raise Other
    if n == 3:
        raise ValueError("text")
    return n


def entry_point(argv):
    for n in range(4 + len(argv)):
        try:
            print fail(n),
        except Derived as e:
            print "derived", e.code,
        except Base, e:
            print "base", e.code,
        except (Other, ValueError):
            print "either",
        else:
            print "else",
        print
    return 0


def target(*args):
    return entry_point
