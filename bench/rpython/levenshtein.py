# Two rows of ints, characters of two strings.
def distance(a, b):
    previous = [i for i in range(len(b) + 1)]
    for i in range(len(a)):
        current = [i + 1]
        for j in range(len(b)):
            cost = previous[j]
            if a[i] != b[j]:
                cost += 1
            if previous[j + 1] + 1 < cost:
                cost = previous[j + 1] + 1
            if current[j] + 1 < cost:
                cost = current[j] + 1
            current.append(cost)
        previous = current
    return previous[len(b)]


def run(n):
    a = "".join([chr(97 + i * i % 26) for i in range(n)])
    b = "".join([chr(97 + i * 7 % 26) for i in range(n)])
    return distance(a, b)


def entry_point(argv):
    n = 8000
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
