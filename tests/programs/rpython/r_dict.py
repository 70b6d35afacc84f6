from rpython.rlib.objectmodel import r_dict, compute_hash


def same(a, b):
    return a.lower() == b.lower()


def code(a):
    return compute_hash(a.lower())


def entry_point(argv):
    d = r_dict(same, code)
    d["Hello"] = 1
    d["HELLO"] = 2
    d["other" * len(argv)] = 3
    print len(d), d["hello"], "OTHER" in d, "none" in d
    for k in d:
        print k,
    print
    return 0


def target(*args):
    return entry_point
