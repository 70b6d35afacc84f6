# Lists of lists of floats.
def matrix(n, seed):
    return [[float((i * seed + j) % 10) for j in range(n)] for i in range(n)]


def multiply(a, b, n):
    result = []
    for i in range(n):
        row = [0.0] * n
        for k in range(n):
            x = a[i][k]
            from_row = b[k]
            for j in range(n):
                row[j] += x * from_row[j]
        result.append(row)
    return result


def run(n):
    c = multiply(matrix(n, 3), matrix(n, 7), n)
    total = 0.0
    for row in c:
        for x in row:
            total += x
    return int(total)


def entry_point(argv):
    n = 800
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
