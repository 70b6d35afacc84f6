class Counter(object):
    @staticmethod
    def twice(x):
        return 2 * x

    @classmethod
    def make(cls, n):
        c = cls()
        c.n = n
        return c

    n = 0


class Other(Counter):
    pass


def entry_point(argv):
    print Counter.twice(len(argv)), Counter().twice(4)
    c = Counter.make(5)
    print c.n, c.twice(c.n)
    return 0


def target(*args):
    return entry_point
