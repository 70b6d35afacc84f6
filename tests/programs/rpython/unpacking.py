# A list that is assigned to several targets has as many items.


def three(l):
    a, b, c = l
    return a * 100 + b * 10 + c


def finally_runs(l):
    x = 1
    try:
        x = 2
        try:
            a, = l
            x = 4
        except ValueError:
            return x + 4
        b, = l
        x = 7
    finally:
        x = 8
    return x


def nested(l, t):
    total = 0
    for (a, b), [c, d] in [(l, t)]:
        total += a + b * 10 + c * 100 + d * 1000
    return total


def entry_point(argv):
    n = len(argv)
    for count in range(2, 5):
        l = [n + 5] * count
        try:
            print three(l)
        except ValueError:
            print "wrong number of items", count
    print finally_runs([n]), finally_runs([n, n])
    print nested([n, 2], (3, n + 3))
    try:
        print nested([n] * (n + 2), (3, n + 3))
    except ValueError:
        print "wrong"
    return 0


def target(*args):
    return entry_point
