def divide(a, b):
    return a // b


def guarded(a, b):
    try:
        return a % b
    except ZeroDivisionError:
        return -1


def entry_point(argv):
    zero = len(argv) - 1
    print guarded(5, zero), guarded(5, 3)
    try:
        print divide(1, zero)
    except ZeroDivisionError:
        print "caught from the callee"
    try:
        print 1.5 / zero
    except ZeroDivisionError:
        print "float"
    return 0


def target(*args):
    return entry_point
