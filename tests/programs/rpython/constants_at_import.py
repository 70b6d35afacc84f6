# What is computed while the module is imported has CPython's values; r_dicts that use methods of frozen instances.
import sys
from rpython.rlib.objectmodel import r_dict
from rpython.rlib.longlong2float import float2longlong

LARGEST = float(sys.maxint)
PRODUCT = sys.maxint * 1.234
HUGE = float(2 ** 200 + 2 ** 147 + 1)
BYTES = u"\xe9\xe8".encode("latin-1")
TEXT = "\xe9".decode("latin-1") + "\xc3\xa9".decode("utf-8") + "a".decode("ascii")
try:
    u"\xe9".encode("ascii")
    STRICT = "no"
except UnicodeEncodeError:
    STRICT = "yes"


class ByLength(object):
    def __init__(self, extra):
        self.extra = extra

    def _freeze_(self):
        return True

    def same(self, a, b):
        return len(a) + self.extra == len(b) + self.extra

    def number(self, a):
        return len(a) * self.extra

strategy = ByLength(3)
prebuilt = r_dict(strategy.same, strategy.number)
prebuilt["abc"] = 1


def maybe(n):
    if n > 5:
        return u"wide"
    return None


def entry_point(argv):
    n = len(argv)
    print float2longlong(LARGEST), float2longlong(PRODUCT), float2longlong(HUGE)
    print ",".join([str(ord(c)) for c in BYTES]), ",".join([str(ord(c)) for c in TEXT]), STRICT
    prebuilt["xyz"] = 2
    prebuilt["wxyz"] = n
    print len(prebuilt), prebuilt["abc"], prebuilt["...."]
    d = r_dict(strategy.same, strategy.number)
    d["k"] = n
    d["l"] = n + 1
    d["mm"] = n + 2
    print len(d), d["m"], int("nnn" in d)
    print len(u"<%s>" % maybe(n)), len(u"<%s>" % maybe(n + 5))
    return 0


def target(*args):
    return entry_point
