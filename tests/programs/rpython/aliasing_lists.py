class Holder(object):
    def __init__(self, l):
        self.l = l


def fill(l, n):
    for i in range(n):
        l.append(i)


def entry_point(argv):
    a = []
    b = a
    h = Holder(a)
    fill(b, 3)
    h.l.append(len(argv))
    print a, len(b), h.l is a, a is b
    table = {"x": a}
    table["x"].append(9)
    print a[-1], [a, b][1][0]
    m = [a] * 2
    m[0].append(5)
    print len(m[1])
    return 0


def target(*args):
    return entry_point
