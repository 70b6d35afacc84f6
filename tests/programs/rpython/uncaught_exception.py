def entry_point(argv):
    print "before"
    l = [1, 2]
    if len(argv) == 1:
        raise KeyError
    return 0


def target(*args):
    return entry_point
