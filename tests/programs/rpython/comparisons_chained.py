def where(x):
    if 0 <= x < 10:
        return "digit"
    if 10 <= x <= 99:
        return "two"
    return "other"


def entry_point(argv):
    for x in [-1, 0, 9, 10, 99, 100]:
        print x, where(x)
    s = "m"
    print "a" < s < "z", "n" < s, s in "xml", s not in "xml", s in ("a", "m")
    print (1, 2) == (1, len(argv) + 1), (1, "a") != (1, "b")
    return 0


def target(*args):
    return entry_point
