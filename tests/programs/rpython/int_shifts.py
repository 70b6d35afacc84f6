def entry_point(argv):
    n = len(argv)
    for i in range(0, 63, 9):
        print (n << i), (-n << i) >> 3, (n << i) >> i
    print ~n, -(-n), +n, abs(-n - 5)
    return 0


def target(*args):
    return entry_point
