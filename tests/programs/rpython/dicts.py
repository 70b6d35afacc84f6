PRE = {"one": 1, "two": 2, "three": 3}
class K(object):
    def __init__(self, v):
        self.v = v
def entry_point(argv):
    d = {}
    for i in range(100):
        d[i * 7] = i
    print len(d), d[7], 14 in d, 15 in d
    s = {}
    words = "the quick brown fox jumps over the lazy dog the end".split(" ")
    for w in words:
        s[w] = s.get(w, 0) + 1
    for k in s:
        print k, s[k],
    print
    for k, v in s.iteritems():
        print k, v
    del s["fox"]
    print len(s), s.keys(), s.values()
    print PRE["two"], PRE.get("four", -1), len(PRE)
    PRE["four"] = 4
    print PRE.items()
    try:
        print s["nope"]
    except KeyError:
        print "KeyError"
    k1 = K(1); k2 = K(2)
    o = {k1: "a", k2: "b"}
    print o[k1], o[k2]
    t = {}
    t[(1, "a")] = 5
    t[(2, "b")] = 6
    print t[(1, "a")], (2, "b") in t, (2, "c") in t
    n = 0
    for i in range(10000):
        d[i] = i
        if i > 50:
            del d[i - 50]
    print len(d)
    e = {1: "x"}
    e.update({2: "y"})
    print e.setdefault(3, "z"), e.get(2), e.pop(1), len(e)
    return 0
