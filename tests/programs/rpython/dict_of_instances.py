class Key(object):
    def __init__(self, n):
        self.n = n


def entry_point(argv):
    a = Key(1)
    b = Key(1)
    d = {a: "a"}
    d[b] = "b" * len(argv)
    print d[a], d[b], len(d), Key(1) in d
    c = {"a": 1.5, "b": 2.5}
    f = {}
    f[1.5] = "x"
    f[2.5 * len(argv)] = "y"
    print f[2.5], 1.5 in f, 9.5 in f
    t = {True: 1, False: 0}
    print t[len(argv) == 1], t[len(argv) == 2]
    chars = {}
    for ch in "hello":
        chars[ch] = chars.get(ch, 0) + 1
    print chars["l"], len(chars)
    return 0


def target(*args):
    return entry_point
