# Operations that call methods of the program raise what those raise, inside the try statement they stand in.
from rpython.rlib.objectmodel import r_dict


class Refused(Exception):
    pass


class Odd(object):
    def __init__(self, n):
        self.n = n

    def check(self):
        if self.n < 0:
            raise Refused
        return self.n

    def __le__(self, other):
        return self.check() == other.check()

    def __gt__(self, other):
        return not self <= other

    def __add__(self, other):
        return Odd(self.check() + other.check())

    def __neg__(self):
        return Odd(-self.check())

    def __contains__(self, k):
        return self.check() == k

    def __getslice__(self, start, stop):
        self.check()
        return "%d:%d" % (start, stop)

    def __setslice__(self, start, stop, items):
        self.n = start * 100 + stop * 10 + len(items) + 0 * self.check()

    def __delslice__(self, start, stop):
        self.n = stop - start + 0 * self.check()

    def get_half(self):
        return self.check() // 2

    def set_half(self, value):
        self.check()
        self.n = value * 2

    half = property(get_half, set_half)


def refuse_negative(n):
    if n < 0:
        raise Refused
    return n


def equal(a, b):
    return a == b


def attempt(what, a, b):
    try:
        if what == 0:
            return int(a <= b)
        elif what == 1:
            return (a + b).n
        elif what == 2:
            return (-a).n
        elif what == 3:
            return int(4 in a)
        elif what == 4:
            return len(a[2:5])
        elif what == 5:
            a[1:3] = [7, 8]
            return a.n
        elif what == 6:
            del a[1:6]
            return a.n
        elif what == 7:
            return a.half
        elif what == 8:
            a.half = b.n
            return a.n
        else:
            return int(a > b)
    except Refused:
        return -99


def entry_point(argv):
    n = len(argv)
    for what in range(10):
        print attempt(what, Odd(4), Odd(n + 3)), attempt(what, Odd(-n), Odd(2))
    d = r_dict(equal, refuse_negative)
    d[n] = "one"
    for k in [1, 2, -1]:
        try:
            print int(k in d), d.get(k, "none")
        except Refused:
            print "refused"
    return 0


def target(*args):
    return entry_point
