# Operands are evaluated once, from left to right.
class Trace(object):
    def __init__(self):
        self.seen = []

    def number(self, n):
        self.seen.append(n)
        return n

    def text(self, s):
        self.seen.append(len(s))
        return s

    def show(self):
        print("%d: %s" % (len(self.seen), ",".join([str(n) for n in self.seen])))
        self.seen = []


def first(trace, items, at):
    trace.seen.append(at)
    return items[at]


def entry_point(argv):
    t = Trace()
    print(t.number(17) % t.number(5))
    t.show()
    print(t.number(17) // t.number(5) - t.number(2) * t.number(3))
    t.show()
    print(t.number(3) << t.number(2) | t.number(1))
    t.show()
    print(t.text("ab") + t.text("c"))
    t.show()
    print(t.text("<%d>" % t.number(4)))
    t.show()
    if t.number(1) < t.number(2) < t.number(3):
        t.show()
    if t.number(2) < t.number(1) < t.number(3):
        print("no")
    t.show()
    items = [1, 2, 3]
    items[t.number(1)] += t.number(10)
    t.show()
    print(items[1])
    items[first(t, items, 0)] = first(t, items, 2)
    t.show()
    print(items[1])
    a, b = t.number(7), t.number(8)
    a, b = b, a
    print("%d %d" % (a, b))
    t.show()
    if t.number(0) or t.number(5):
        t.show()
    if t.number(0) and t.number(5):
        print("no")
    t.show()
    n = t.number(4)
    n %= t.number(3)
    print(n)
    t.show()
    return 0


if __name__ == '__main__':
    import sys
    sys.exit(entry_point(sys.argv))
