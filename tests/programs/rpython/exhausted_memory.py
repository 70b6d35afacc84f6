# Exhausted memory is a MemoryError, an overflown stack a RuntimeError.


class Node(object):
    def __init__(self, depth):
        self.depth = depth


def make_list(n):
    return [n] * n


def make_text(n):
    return "x" * n


def descend(node):
    if node.depth < 0:
        return 0
    return descend(Node(node.depth + 1)) + node.depth


def attempt(what, n):
    try:
        if what == 0:
            return len(make_list(n))
        elif what == 1:
            return len(make_text(n))
        else:
            return descend(Node(n))
    except MemoryError:
        return -1
    except RuntimeError:
        return -2


def outer(n):
    try:
        return len(make_list(n))
    finally:
        print "finally"


def entry_point(argv):
    much = 200 * 1000 * 1000 * 1000 * len(argv)
    print attempt(0, 3), attempt(1, 4), attempt(2, -1)
    for i in range(3):
        print attempt(0, much), attempt(1, much * 5), attempt(2, 0)
    try:
        print outer(much)
    except Exception, e:
        print int(isinstance(e, MemoryError)), int(isinstance(e, RuntimeError))
    try:
        print descend(Node(1))
    except Exception, e:
        print int(isinstance(e, MemoryError)), int(isinstance(e, RuntimeError))
    return 0


def target(driver, args):
    return entry_point, None
