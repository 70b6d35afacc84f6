def entry_point(argv):
    counts = {}
    for x in [3, 1, 3, 2, 3, 1, len(argv)]:
        counts[x] = counts.get(x, 0) + 1
    keys = counts.keys()
    keys.sort()
    for k in keys:
        print k, counts[k]
    squares = dict([(i, i * i) for i in range(4)]) if False else {}
    for i in range(4):
        squares[i] = i * i
    print squares[3], len(squares), squares.items()[1]
    return 0


def target(*args):
    return entry_point
