def make(n):
    return [[i * j for j in range(n)] for i in range(n)]


def multiply(a, b):
    n = len(a)
    c = []
    for i in range(n):
        row = [0] * n
        for j in range(n):
            for k in range(n):
                row[j] += a[i][k] * b[k][j]
        c.append(row)
    return c


def entry_point(argv):
    a = make(3 + len(argv))
    for row in multiply(a, a):
        print row
    return 0


def target(*args):
    return entry_point
