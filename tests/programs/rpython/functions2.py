def plain(a, b=2, c=3):
    return a * 100 + b * 10 + c
def rest(a, *args):
    return a + len(args)
def twice(f, x):
    return f(f(x))
def inc(x): return x + 1
def dbl(x): return x * 2
TABLE = [inc, dbl]
NAMED = {"inc": inc, "dbl": dbl}

class Counter(object):
    total = 0
    def __init__(self, start):
        self.n = start
    def bump(self, by=1):
        self.n += by
        return self.n
    @staticmethod
    def make(n):
        return Counter(n)
    @property
    def double(self):
        return self.n * 2

def make_adder(n):
    def add(x):
        return x + n
    return add
add5 = make_adder(5)
add7 = make_adder(7)

def swap((a, b), c):
    return b, a, c

def fact(n):
    if n <= 1:
        return 1
    return n * fact(n - 1)

class State(object):
    def __init__(self):
        self.items = []
        self.current = None
STATE = State()

def entry_point(argv):
    print plain(1), plain(1, 5), plain(1, c=9), plain(c=1, a=2, b=3)
    print rest(1), rest(1, 2), rest(1, 2, 3)
    print twice(inc, 5), twice(dbl, 5)
    for f in TABLE:
        print f(10)
    print NAMED["dbl"](21), add5(1), add7(1)
    c = Counter.make(3)
    print c.bump(), c.bump(10), c.double
    m = c.bump
    print m(1), m(2)
    x, y, z = swap((1, 2), 3)
    print x, y, z
    print fact(20), fact(21)
    STATE.items.append("a")
    STATE.items.append("b")
    STATE.current = c
    print len(STATE.items), STATE.current.n
    f = inc
    if len(argv) > 5:
        f = dbl
    print f(3)
    g = None
    if len(argv) < 3:
        g = dbl
    if g is not None:
        print g(8)
    print (lambda a, b: a - b)(5, 3)
    print max(3, 4), min(3, 4), abs(-5), divmod(17, 5)
    return 0
