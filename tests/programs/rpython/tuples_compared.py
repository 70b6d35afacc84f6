# Tuples and lists inside each other, compared; tuples gone over, looked into, made into lists and text.
from rpython.rlib.objectmodel import specialize


def pair(n):
    return ([n, n + 1], "t%d" % n)


@specialize.argtype(0)
def total(t):
    s = 0
    for x in t:
        s = s * 10 + x
    return s


@specialize.argtype(0)
def member(x, t):
    return int(x in t)


def back(t):
    s = ""
    for c in reversed(t):
        s += c
    return s


def entry_point(argv):
    n = len(argv)
    l = [1]
    l.append(n + 1)
    print int((l, 52) == ([1, 2], 51 + n)), int((l, 52) == ([1, 3], 52)), int((l, 52) != ([1, 2], 52))
    print int(pair(n) == pair(1)), int(pair(n) == pair(2))
    print int(([str(n)], 1.5) == ([chr(48 + n)], n + 0.5)), int((None, n) == (None, 1)), int(((n, l), "x") == ((1, [1, 2]), "x" * n))
    print total((n, 2, 3)), total((n,)), back(("a", "b" * n, "c"))
    t = (n, 2, 7)
    u = ("p", "q" * n)
    print member(2, t), member(3, t), member("q", u), member("qq", u)
    for x in list(t) + list((n + 4,)):
        print x,
    print len(list(u)), len(list(()))
    print "%s %s" % (t, (n, 2, 3, 4, 5)), str((n, 2, 3, 4, 5, 6)), "%s" % ((),)
    return 0


def target(*args):
    return entry_point
