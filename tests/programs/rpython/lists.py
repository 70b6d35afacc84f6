def entry_point(argv):
    l = []
    for i in range(10):
        l.append(i * i)
    print len(l), l[3], l[-1]
    m = [x + 1 for x in l if x % 2 == 0]
    print len(m), m[0], m[-1]
    l.extend(m)
    print len(l), l[2:5], l[:3], l[10:]
    l.insert(2, 99)
    print l.pop(), l.pop(0), len(l), l[1]
    del l[0]
    l.reverse()
    print l
    l.sort()
    print l
    print 16 in l, 17 in l, l.index(16)
    z = [0] * 5
    z[2] = 7
    print z
    s = ["b", "a", "c"]
    s.sort()
    print s, ",".join(s)
    n = [[1, 2], [3]]
    n[1].append(4)
    for row in n:
        print row
    for i, c in enumerate(s):
        print i, c
    for a, b in zip(z, s):
        print a, b
    for x in reversed(z):
        print x
    t = (1, "x", 2.5)
    a, b, c = t
    print a, b, c
    fl = [1.5, 2.5]
    print fl[0] + fl[1]
    l[1:3] = [5]
    print l
    i = 0
    for x in l:
        if x > 20:
            break
        i += 1
    else:
        print "no break"
    print i
    return 0
