# r_dicts whose functions are methods of instances made at run time, and functions that are values.
from rpython.rlib.objectmodel import r_dict, r_ordereddict


class Space(object):
    def __init__(self, modulus):
        self.modulus = modulus
        self.asked = 0

    def same(self, a, b):
        self.asked += 1
        return a % self.modulus == b % self.modulus

    def code(self, a):
        return a % self.modulus


class Doubled(Space):
    def code(self, a):
        return (a % self.modulus) * 2


def make(space):
    return r_dict(space.same, space.code)


def fill(d, n):
    for i in range(n):
        d[i] = i * i
    return len(d)


class Texts(object):
    def __init__(self, ignored):
        self.ignored = ignored

    def clean(self, s):
        return s.replace(self.ignored, "")

    def eq(self, a, b):
        return self.clean(a) == self.clean(b)

    def hash(self, s):
        return len(self.clean(s))

FIXED = Texts("-")
PREBUILT = r_dict(FIXED.eq, FIXED.hash)
PREBUILT["a-b"] = 1


def of_texts(which, texts):
    d = r_ordereddict(texts.eq, texts.hash)
    if which:
        d = PREBUILT
    return d


def length_of(s):
    return len(s)


def first_of(s):
    return ord(s[0])


def same_length(a, b):
    return len(a) == len(b)


def same_first(a, b):
    return a[0] == b[0]


def by(what):
    if what > 1:
        return r_dict(same_length, length_of)
    else:
        eq = same_first
        code = first_of
    return r_dict(eq, code)


def chosen(what):
    eq, code = same_length, length_of
    if what > 1:
        eq, code = same_first, first_of
    d = r_dict(eq, code)
    return d


def entry_point(argv):
    n = len(argv) + 4
    d = make(Space(n))
    e = make(Doubled(7))
    print fill(d, 100), fill(e, 100), d[3], e[3], d[8], e[10]
    f = e.copy()
    del f[14]
    f[3] = -1
    print len(e), len(f), int(7 in e), int(7 in f), e[3], f[3]
    keys = [k for k in e]
    print keys
    space = Space(2)
    g = make(space)
    fill(g, 3)
    print len(g), space.asked, g.get(4, -1), g.get(5, -1)
    t = of_texts(len(argv) - 1, Texts("x"))
    t["xaxb"] = 2
    print t["ab"], len(t), int("a-b" in t)
    u = of_texts(len(argv), Texts("x"))
    u["--ab"] = 5
    print u["ab"], len(u), PREBUILT["a-b"], int("xab" in u)
    print len(by(n)), len(by(1))
    for what in range(1, 3):
        c = chosen(what)
        c["one"] = 1
        c["two"] = 2
        c["three"] = 3
        print len(c), c["six"] if what == 1 else c["t"]
    return 0


def target(driver, args):
    return entry_point, None
