class Tree(object):
    def __init__(self, left, value, right):
        self.left = left
        self.value = value
        self.right = right


def walk(t):
    stack = []
    while t is not None or stack:
        while t is not None:
            stack.append(t)
            t = t.left
        t = stack.pop()
        yield t.value
        t = t.right


def chunks(s, n):
    at = 0
    while at < len(s):
        end = at + n
        yield s[at:end]
        at = end


def squares(n):
    for i in range(n):
        if i % 2 == 0:
            continue
        yield i * i


def nothing():
    if False:
        yield 1


def entry_point(argv):
    t = Tree(Tree(None, 1, None), 2, Tree(Tree(None, 3, None), 4, None))
    for v in walk(t):
        print v,
    for c in chunks("abcdefg", 2 + len(argv)):
        print c,
    for q in squares(8):
        print q,
    for x in nothing():
        print "never"
    print
    g = squares(4)
    print g.next(), g.next()
    try:
        g.next()
    except StopIteration:
        print "stop"
    return 0


def target(*args):
    return entry_point
