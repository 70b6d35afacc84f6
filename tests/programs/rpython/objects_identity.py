from rpython.rlib.objectmodel import compute_identity_hash, compute_unique_id, compute_hash, instantiate


class A(object):
    def __init__(self):
        self.n = 5


def entry_point(argv):
    a = A()
    b = A()
    print a is a, a is b, a == b, a != b
    print compute_identity_hash(a) == compute_identity_hash(a), compute_unique_id(a) == compute_unique_id(b)
    print compute_hash("text" * len(argv)) == compute_hash("text")
    c = instantiate(A)
    c.n = 7
    print c.n, isinstance(c, A)
    return 0


def target(*args):
    return entry_point
