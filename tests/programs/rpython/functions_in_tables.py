# Methods taken from their class, in prebuilt tables: functions that take the instance first.
class Rule(object):
    def __init__(self, prefix, infix, level):
        self.prefix = prefix
        self.infix = infix
        self.level = level


class Machine(object):
    def __init__(self):
        self.n = 3

    def double(self):
        self.n *= 2
        return self.n

    def half(self):
        self.n //= 2
        return self.n

    def add(self, x):
        self.n += x
        return self.n


def apply(i, m):
    prefix = rules[i].prefix
    if prefix is None:
        return -1
    return prefix(m)


rules = [Rule(None, None, 0), Rule(Machine.double, None, 1), Rule(Machine.half, Machine.add, 2)]
by_name = {"double": Machine.double, "half": Machine.half}
pair = (Machine.half, Machine.double)


def entry_point(argv):
    m = Machine()
    print("%d %d %d" % (apply(0, m), apply(1, m), apply(2, m)))
    for rule in rules:
        if rule.infix is not None:
            print(rule.infix(m, 40))
    print(by_name["double"](m) + by_name["half"](m))
    print(pair[0](m) - pair[1](m))
    f = Machine.double
    if len(argv) > 5:
        f = Machine.half
    print(f(m))
    return 0


if __name__ == '__main__':
    import sys
    sys.exit(entry_point(sys.argv))
