def f(a, b=2, c=3):
    return a * 100 + b * 10 + c


def rest(first, *others):
    return first + len(others)


def entry_point(argv):
    n = len(argv)
    print f(n), f(n, 5), f(n, c=7), f(a=n, c=1, b=4), rest(n), rest(n, 2), rest(n, 2, 3)
    t = (n, 8)
    print f(*t), f(1, *t)
    return 0


def target(*args):
    return entry_point
