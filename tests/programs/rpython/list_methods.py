def entry_point(argv):
    l = [3, 1, 2]
    l.append(len(argv))
    l.extend([9, 8])
    l.insert(1, 77)
    print l, len(l), l.pop(), l.pop(0), l.index(77), l.count(1)
    l.remove(77)
    l.reverse()
    print l
    l.sort()
    print l, 9 in l, 100 in l
    del l[0]
    l[0] = 50
    print l, l[-1]
    try:
        l.remove(12345)
    except ValueError:
        print "ValueError"
    try:
        print [1][len(argv)]
    except IndexError:
        print "IndexError"
    return 0


def target(*args):
    return entry_point
