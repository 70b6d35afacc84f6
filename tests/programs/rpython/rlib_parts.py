# Small parts of rlib: dicts with known hashes, calls that depend on a condition, virtual references, searches.
from rpython.rlib import objectmodel, jit, rstring, debug, rarithmetic


class Node(object):
    def __init__(self, n):
        self.n = n


def compute(n, m):
    return n * m


class Count(object):
    calls = 0


def bump(by):
    Count_instance.calls += by

Count_instance = Count()


def entry_point(argv):
    n = len(argv)
    d = {}
    for k in ["a", "b", "c"]:
        objectmodel.setitem_with_hash(d, k, objectmodel.compute_hash(k), n)
    total = 0
    for k, v, h in objectmodel.iteritems_with_hash(d):
        total += v
        if not objectmodel.contains_with_hash(d, k, h):
            total += 100
    for k, h in objectmodel.iterkeys_with_hash(d):
        total += objectmodel.getitem_with_hash(d, k, h)
    objectmodel.delitem_with_hash(d, "b", objectmodel.compute_hash("b"))
    print total, len(d), int("b" in d)
    first = Node(1)
    second = Node(2)
    nodes = {1: first, 2: second}
    objectmodel.delitem_if_value_is(nodes, 1, second)
    objectmodel.delitem_if_value_is(nodes, 2, second)
    print len(nodes), int(1 in nodes)
    print jit.conditional_call_elidable(0, compute, n + 1, 5), jit.conditional_call_elidable(7, compute, n, 5)
    jit.conditional_call(n > 0, bump, 3)
    jit.conditional_call(n > 5, bump, 30)
    print Count_instance.calls
    ref = jit.virtual_ref(first)
    print ref().n, int(ref() is first)
    jit.virtual_ref_finish(ref, first)
    print rstring.find("abcabc", "c" * n, 0, 6), rstring.rfind("abcabc", "b", 0, 6), rstring.count("abcabc", "a", 1, 6)
    debug.debug_print("text", n, 1.5)
    debug.debug_print(n, "text", first)
    print rarithmetic.SHRT_MIN + n, rarithmetic.USHRT_MAX - n, rarithmetic.INT_MIN + n
    return 0


def target(*args):
    return entry_point
