def entry_point(argv):
    n = len(argv) + 4
    print [i * i for i in range(n)]
    print [i for i in range(20) if i % 3 == 0 if i % 2 == 0]
    print [(i, j) for i in range(3) for j in range(i)]
    print sum([i for i in range(n)]), max([3, n, 1]), min([3, n, 1]), max(n, 3), min(n, 3)
    names = ["a", "bb", "ccc"]
    print [len(s) for s in names], [s.upper() for s in names]
    return 0


def target(*args):
    return entry_point
