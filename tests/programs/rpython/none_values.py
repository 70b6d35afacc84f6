class Box(object):
    def __init__(self, inner):
        self.inner = inner


def find(names, wanted):
    for n in names:
        if n == wanted:
            return n
    return None


def depth(b):
    d = 0
    while b is not None:
        d += 1
        b = b.inner
    return d


def entry_point(argv):
    s = find(["a", "b" * len(argv)], "b")
    print s is None, find(["a"], "zz") is None, s
    print depth(Box(Box(Box(None)))), depth(None)
    l = [None, Box(None)]
    for b in l:
        if b:
            print "box",
        else:
            print "none",
    print
    t = None
    if len(argv) > 5:
        t = [1]
    print t is None, t == None
    return 0


def target(*args):
    return entry_point
