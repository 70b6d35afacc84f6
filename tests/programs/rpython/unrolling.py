from rpython.rlib.unroll import unrolling_iterable

OPS = unrolling_iterable([("add", 1), ("sub", 2), ("mul", 3)])


class Machine(object):
    def __init__(self):
        self.acc = 10

    def op_add(self, n):
        self.acc += n

    def op_sub(self, n):
        self.acc -= n

    def op_mul(self, n):
        self.acc *= n

    def run(self, code, n):
        for name, number in OPS:
            if code == number:
                getattr(self, "op_" + name)(n)
                return name
        return "none"


def entry_point(argv):
    m = Machine()
    for code in [1, 2, 3, 4]:
        print m.run(code, 2 * len(argv)), m.acc
    return 0


def target(*args):
    return entry_point
