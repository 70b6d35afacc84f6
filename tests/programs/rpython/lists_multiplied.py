# [x] * n: zeros, what is no zero, and None, which is stored as something else where classes or functions are items.
class A(object):
    pass


class B(A):
    pass


def twice(x):
    return x * 2


def thrice(x):
    return x * 3


def classes(n, fill):
    l = [None] * n
    if fill:
        l[0] = A
        l[1] = B
    nones = 0
    for c in l:
        if c is None:
            nones += 1
    return nones


def functions(n, fill):
    l = [None] * n
    if fill:
        l[n - 1] = twice
        l[n - 2] = thrice
    result = 0
    for f in l:
        if f is not None:
            result += f(7)
    return result


def show_floats(l):
    print("%d %s" % (len(l), " ".join([str(x) for x in l])))


def signs(l):
    negative = 0
    for x in l:
        if 1.0 / (x + 1e-320) < 0 or str(x)[0] == "-":
            negative += 1
    return negative


def entry_point(argv):
    n = len(argv) + 4
    print("%d %d" % (classes(n, False), classes(n, True)))
    print("%d %d" % (functions(n, False), functions(n, True)))
    zeros = [0] * n
    zeros.append(5)
    zeros[1] = 4
    ones = [1] * n
    print("%d %d %d %d" % (len(zeros), zeros[1], zeros[n], zeros[n - 1]))
    total = 0
    for x in ones:
        total += x
    print("%d" % total)
    print("%d %d %d" % (len([3] * 0), len([3] * (n - 100)), len([] * n)))
    print("%d" % signs([-0.0] * n))
    halves = [0.5] * 3
    halves[1] = 0.25
    total_f = 0.0
    for h in halves:
        total_f += h
    print("%d" % int(total_f * 100))
    pair = [1, 2] * 3
    print("%d %d %d" % (len(pair), pair[4], pair[5]))
    flags = [False] * n
    flags[2] = True
    print("%d" % len([f for f in flags if f]))
    chars = ["x"] * 3
    print("".join(chars) + "".join(["\0"] * 2 + ["y"]).replace("\0", "0"))
    one = [[]] * 2
    one[0].append(1)
    print("%d" % len(one[1]))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
