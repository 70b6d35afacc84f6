# Unicode strings: strip of what a str says, surrogates without partners, lines with their ends.


def codes(u):
    return ",".join([str(ord(c)) for c in u])


def entry_point(argv):
    n = len(argv)
    u = u"  a b" + u" " * n
    print codes(u.strip(" ")), codes(u.lstrip(u" ")), codes(u.replace(" ", "-"))
    lone = u"\ud800" + unichr(37 + n)
    print codes(lone), len(lone), codes(u"\U00012345")
    s = lone.encode("utf-8")
    print ",".join([str(ord(c)) for c in s])
    for line in ("one\ntwo\r\nthree" + "\n" * n).splitlines(True):
        print len(line),
    for line in ("one\ntwo" + "\r" * n).splitlines():
        print len(line),
    print
    return 0


def target(*args):
    return entry_point
