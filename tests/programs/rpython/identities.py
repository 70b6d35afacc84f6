# Numbers for the identity of strings, lists and dicts: they stay while the collector moves the objects.
import gc
from rpython.rlib.objectmodel import compute_unique_id


class A(object):
    def __init__(self, name):
        self.name = name


def work(n):
    garbage = []
    for i in range(n):
        garbage = [i] * 20
    return len(garbage)


def numbered(n):
    texts = ["text" + str(i) for i in range(n)]
    lists = [[i] for i in range(n)]
    ids = [compute_unique_id(t) for t in texts] + [compute_unique_id(l) for l in lists]
    for k in range(3):
        work(20000)
        gc.collect()
        for i in range(n):
            if ids[i] != compute_unique_id(texts[i]) or ids[n + i] != compute_unique_id(lists[i]):
                return -1
    distinct = {}
    for i in ids:
        distinct[i] = True
    return len(distinct)


def churn(n):
    # Objects that die at once.
    last = 0
    for i in range(n):
        last = compute_unique_id("t" + str(i))
    return last


def entry_point(argv):
    n = len(argv)
    print numbered(100 * n), int(churn(50000) != 0)
    a = "foo" * n
    b = ''.join(["f", "oo"] * n)
    print int(compute_unique_id(a) == compute_unique_id(a)), int(compute_unique_id(a) == compute_unique_id(b)), int(a == b)
    u = u"\u20ac" * n
    d = {a: u}
    e = {a: u}
    print int(compute_unique_id(d) == compute_unique_id(e)), int(compute_unique_id(d) == compute_unique_id(d)), int(compute_unique_id(u) == compute_unique_id(d[b]))
    o = A(a)
    print int(compute_unique_id(o) == compute_unique_id(o.name)), int(compute_unique_id(o.name) == compute_unique_id(a))
    print int(id([n]) != 0), int(compute_unique_id([o]) != 0)
    return 0


def target(driver, args):
    return entry_point, None
