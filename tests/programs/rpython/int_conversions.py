def entry_point(argv):
    for s in ["12", " -7 ", "+3", "0", "x", "", "1.5", "99"]:
        try:
            print int(s)
        except ValueError:
            print "ValueError", len(s)
    print int("ff", 16), int("-777", 8), int("1010", 2), int("z", 36)
    print int(3.99), int(-3.99), float(7 + len(argv))
    print hex(255 + len(argv)), oct(8 + len(argv)), "%x %o" % (254 + len(argv), 7 + len(argv))
    print bool(len(argv)), bool(len(argv) - 1)
    return 0


def target(*args):
    return entry_point
