def gen(n):
    i = 0
    while i < n:
        yield i * 2
        i += 1

def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b

def pairs(l, d):
    for i, x in enumerate(l):
        for k, v in d.iteritems():
            if v > 1:
                yield (x, k)
    for j in range(3):
        yield ("r", str(j))

def guarded(l):
    try:
        for x in l:
            if x == 3:
                raise ValueError
            yield x
        yield 100
    except ValueError:
        yield -1
    finally:
        yield -2

class Box(object):
    def __init__(self):
        self.content = []
    def __iter__(self):
        for i in self.content:
            yield i

def entry_point(argv):
    for x in gen(4):
        print x
    for f in fib():
        if f > 50:
            break
        print f,
    print
    for a, b in pairs(["a", "b"], {"x": 1, "y": 2, "z": 3}):
        print a, b
    for x in guarded([1, 2, 3, 4]):
        print x
    for x in guarded([1, 2]):
        print x
    b = Box()
    b.content.append("p")
    b.content.append("q")
    it = b.__iter__()
    print it.next()
    for i in b:
        print i
    it = iter([1, 2, 3])
    print it.next()
    for x in it:
        print x
    try:
        print it.next()
    except StopIteration:
        print "stop"
    d = {1: "one", 2: "two"}
    k = d.iteritems()
    while True:
        try:
            key, value = k.next()
        except StopIteration:
            break
        print key, value
    total = 0
    g = gen(1000)
    for v in g:
        total += v
    print total
    return 0
def target(*args): return entry_point
