def truth(a, b):
    return a and not b or b and not a


def entry_point(argv):
    n = len(argv)
    for a in [True, False]:
        for b in [True, False]:
            if truth(a, b):
                print "differ",
            if a == b:
                print "equal",
            print int(a) + int(b), a & b, a | b, a ^ b
    x = n > 0
    y = n > 5
    print int(x), int(y), (x or y) == True, 1 < n + 1 < 3
    return 0


def target(*args):
    return entry_point
