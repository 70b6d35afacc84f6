def entry_point(argv):
    n = 41 + len(argv)
    s = "text" * len(argv)
    print "%d|%5d|%-5d|%05d|%+d" % (n, n, n, n, n)
    print "%s|%8s|%-8s|%.2s" % (s, s, s, s)
    print "%x|%X|%o|%c|%%" % (n, n, n, chr(n + 50)) if False else "%x|%o|%c|%%" % (n, n, chr(n + 50))
    print "%r" % s, "%d items" % n
    t = (n, s)
    print "%d %s" % t
    return 0


def target(*args):
    return entry_point
