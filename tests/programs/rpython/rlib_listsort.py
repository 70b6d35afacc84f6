from rpython.rlib.listsort import make_timsort_class

Base = make_timsort_class()


class ByLength(Base):
    def lt(self, a, b):
        return len(a) < len(b)

Numbers = make_timsort_class()


class Down(Numbers):
    def lt(self, a, b):
        return a > b


def entry_point(argv):
    words = ["pear", "fig", "banana", "kiwi", "a" * len(argv), "apple"]
    ByLength(words).sort()
    print words
    n = [5, 3, 9, 1, 7, len(argv)]
    Down(n).sort()
    print n
    return 0


def target(*args):
    return entry_point
