# Exhausted memory is a MemoryError, an overflown stack a RuntimeError.
import sys
from rpython.rtyper.lltypesystem import lltype

ARRAY = lltype.Array(lltype.Signed)


class Node(object):
    def __init__(self, depth):
        self.depth = depth


def make_list(n):
    return [n] * n


def make_text(n):
    return "x" * n


def allocate_raw(n):
    a = lltype.malloc(ARRAY, n, flavor='raw')
    length = len(a)
    lltype.free(a, flavor='raw')
    return length


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
        elif what == 2:
            return allocate_raw(n)
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
    print attempt(0, 3), attempt(1, 4), attempt(2, 5), attempt(3, -1)
    for i in range(3):
        print attempt(0, much), attempt(1, much * 5), attempt(2, sys.maxint - len(argv)), attempt(3, 0)
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
