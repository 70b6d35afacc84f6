class Opcode(object):
    def __init__(self, name, arity):
        self.name = name
        self.arity = arity

    def _freeze_(self):
        return True

    def describe(self, n):
        return "%s/%d:%d" % (self.name, self.arity, n)

PUSH = Opcode("push", 1)
POP = Opcode("pop", 0)
ALL = [PUSH, POP]


def pick(n):
    if n == 1:
        return PUSH
    return POP


def entry_point(argv):
    print PUSH.name, POP.arity
    op = pick(len(argv))
    print op.name, op.arity, op.describe(3), op is PUSH
    for o in ALL:
        print o.describe(len(argv)),
    print
    last = None
    if len(argv) > 4:
        last = POP
    print last is None
    return 0


def target(*args):
    return entry_point
