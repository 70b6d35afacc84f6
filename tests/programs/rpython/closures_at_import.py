def make_adder(n):
    def add(x):
        return x + n
    return add

add5 = make_adder(5)
add7 = make_adder(7)
ADDERS = [make_adder(i) for i in range(3)]


def make_class(base, k):
    class Made(object):
        def get(self, x):
            return base(x) * k
    Made.__name__ = "Made%d" % k
    return Made

A = make_class(add5, 2)
B = make_class(add7, 3)


def entry_point(argv):
    n = len(argv)
    print add5(n), add7(n), A().get(n), B().get(n)
    for f in ADDERS:
        print f(n),
    print
    return 0


def target(*args):
    return entry_point
