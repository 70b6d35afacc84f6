def add(a, b):
    return a + b


def sub(a, b):
    return a - b


def mul(a, b):
    return a * b

TABLE = {"+": add, "-": sub, "*": mul}
LIST = [add, sub, mul]


def apply2(f, a, b):
    return f(a, b)


class Op(object):
    def __init__(self, f):
        self.f = f

    def run(self, a, b):
        return self.f(a, b)


def entry_point(argv):
    n = len(argv)
    for k in ["+", "-", "*"]:
        print TABLE[k](6, n),
    for f in LIST:
        print apply2(f, 7, n + 1),
    op = Op(mul)
    print op.run(4, 5)
    f = None
    if n > 5:
        f = add
    print f is None
    if f:
        print f(1, 2)
    g = lambda x, y: x * 10 + y
    print apply2(g, n, 2)
    return 0


def target(*args):
    return entry_point
