class Acc(object):
    def __init__(self, n):
        self.n = n

    def add(self, k):
        self.n += k
        return self.n


class Loud(Acc):
    def add(self, k):
        self.n += 2 * k
        return self.n


def twice(m):
    m(1)
    return m(10)


def entry_point(argv):
    a = Acc(len(argv))
    print twice(a.add), a.n
    b = Loud(5)
    print twice(b.add), b.n
    m = a.add
    if len(argv) > 3:
        m = b.add
    print m(100)
    l = [a, b]
    print [x.add(1) for x in l]
    return 0


def target(*args):
    return entry_point
