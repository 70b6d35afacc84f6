class Failure(Exception):
    pass


def inner(n):
    if n > 2:
        raise Failure
    return n


def middle(n):
    try:
        return inner(n)
    except Failure:
        if n > 3:
            raise
        return -1


def entry_point(argv):
    for n in range(2, 4 + len(argv)):
        try:
            print middle(n)
        except Failure:
            print "outer"
    try:
        try:
            raise ValueError
        finally:
            print "cleanup"
    except ValueError:
        print "passed on"
    return 0


def target(*args):
    return entry_point
