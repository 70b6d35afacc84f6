# Methods __del__: of dead instances only, once each, with what the instance has; what they raise is dropped.
import gc


class Log(object):
    count = 0
    total = 0
    special = 0
    chained = 0

log = Log()


class Resource(object):
    def __init__(self, n):
        self.n = n
        self.buddy = None

    def __del__(self):
        log.count += 1
        log.total += self.n


class Special(Resource):
    def __del__(self):
        log.special += 1
        Resource.__del__(self)


class Plain(object):
    pass


class Broken(object):
    def __init__(self, n):
        self.n = n

    def __del__(self):
        log.count += 1
        if self.n > 0:
            raise ValueError


class Chain(object):
    def __init__(self, n):
        self.n = n

    def __del__(self):
        # Makes another one, and collects while it is being finalized.
        log.chained += 1
        if self.n > 0:
            Chain(self.n - 1)
            gc.collect()


def chain(n):
    Chain(n)


def use(n, keep):
    for i in range(n):
        r = Resource(i)
        r.buddy = Plain()
        if i % 10 == 3:
            keep.append(r)
    for i in range(5):
        keep.append(Special(1000))
        Special(100)


def break_some(n):
    for i in range(n):
        Broken(i)


def work(depth):
    if depth == 0:
        return 0
    return len([depth] * depth) + work(depth - 1)


def settle():
    work(60)
    for i in range(3):
        gc.collect()


def entry_point(argv):
    keep = []
    use(20 * len(argv), keep)
    settle()
    # What is still found on the stack may live a little longer.
    print int(log.count >= 20), int(log.count <= 23 and len(keep) == 7), int(log.special >= 4), int(log.special <= 5)
    sum = 0
    for r in keep:
        sum += r.n
    print sum
    before = log.count
    break_some(10)
    settle()
    print int(log.count - before >= 9)
    chain(5)
    for i in range(8):
        settle()
    print int(log.chained >= 5), int(log.chained <= 6)
    for i in range(7):
        keep.pop()
    settle()
    print int(log.special >= 9), int(log.total >= 4000)
    return 0


def target(*args):
    return entry_point
