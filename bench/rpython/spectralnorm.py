# Float arithmetic in calls.
from math import sqrt


def a(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v, transposed):
    n = len(v)
    out = [0.0] * n
    for i in range(n):
        s = 0.0
        for j in range(n):
            if transposed:
                s += a(j, i) * v[j]
            else:
                s += a(i, j) * v[j]
        out[i] = s
    return out


def run(n):
    u = [1.0] * n
    v = u
    for i in range(10):
        v = times(times(u, False), True)
        u = times(times(v, False), True)
    uv = 0.0
    vv = 0.0
    for i in range(n):
        uv += u[i] * v[i]
        vv += v[i] * v[i]
    return int(sqrt(uv / vv) * 1e9)


def entry_point(argv):
    n = 2500
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
