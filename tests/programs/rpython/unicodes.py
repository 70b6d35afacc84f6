# -*- coding: utf-8 -*-
def entry_point(argv):
    u = u"h\u00e9llo"
    print len(u), ord(u[1])
    v = u + u"!" * len(argv)
    print len(v), v == u"h\u00e9llo!", u.find(u"l")
    parts = v.split(u"l")
    print len(parts), len(u",".join(parts))
    d = {}
    d[u] = 1
    print d[u"h\u00e9llo"], u"x" in d
    w = u""
    for c in u:
        w = c + w
    print w == u"oll\u00e9h", u[1:3] == u"\u00e9l"
    return 0
