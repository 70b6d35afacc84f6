def entry_point(argv):
    s = "abcdefgh"[len(argv) - 1:]
    n = len(s)
    print s[2:5], s[:3], s[5:], s[2:100], s[:-1], s[3:3] + "|", s[:]
    print s[0], s[n - 1], s[-1]
    try:
        print s[n]
    except IndexError:
        print "IndexError"
    i = 0
    while i < n:
        print s[i],
        i += 3
    print
    return 0


def target(*args):
    return entry_point
