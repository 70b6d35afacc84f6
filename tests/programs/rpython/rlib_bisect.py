from rpython.rlib.rbisect import bisect_left, bisect_right


def entry_point(argv):
    l = [1, 1, 2, 2, 3, 10 * len(argv)]
    for x in [0, 1, 2, 5, 10, 11]:
        print bisect_left(l, x, len(l)), bisect_right(l, x, len(l)),
    print
    return 0


def target(*args):
    return entry_point
