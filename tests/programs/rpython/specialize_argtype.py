from rpython.rlib.objectmodel import specialize


@specialize.argtype(0)
def double(x):
    return x + x


@specialize.arg(0)
def power(n, x):
    if n == 0:
        return 1
    return x * power(n - 1, x)


@specialize.arg(0)
def make(cls):
    return cls()


@specialize.call_location()
def first(l):
    return l[0]


@specialize.ll()
def last(l):
    return l[len(l) - 1]


class A(object):
    n = 1


class B(object):
    n = "b"


def entry_point(argv):
    k = len(argv)
    print double(k), double("ab" * k), double([k])
    print power(3, k + 1), power(0, k)
    print make(A).n, make(B).n
    print first([k, 2]), first(["x"]), last([1, k]), last(["y", "z"])
    return 0


def target(*args):
    return entry_point
