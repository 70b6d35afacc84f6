def entry_point(argv):
    l = range(10)
    l.append(len(argv))
    print l[2:5], l[:3], l[8:], l[:-1], l[5:5]
    del l[2:5]
    print l
    l[0:2] = [100, 200]
    print l
    m = l[:]
    m[0] = -1
    print l[0], m[0], l == m, l != m, [1, 2] == [1, 2]
    print [0] * 3, [1, 2] + [3], [[0] * 2 for i in range(2)]
    l += [7]
    l += [8]
    print l[-2:]
    return 0


def target(*args):
    return entry_point
