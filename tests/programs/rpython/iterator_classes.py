class Countdown(object):
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def next(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


class Range(object):
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return Countdown(self.n)


def entry_point(argv):
    for x in Countdown(3):
        print x,
    for x in Range(2 + len(argv)):
        for y in Range(x):
            print x * 10 + y,
    print
    it = iter("ab")
    print it.next(), it.next()
    d = {"k": 1, "l": 2}
    it2 = d.itervalues()
    print it2.next() + it2.next()
    return 0


def target(*args):
    return entry_point
