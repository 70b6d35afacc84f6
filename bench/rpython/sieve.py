# Stores into a long list.
def run(n):
    composite = [False] * (n + 1)
    found = 0
    for i in range(2, n + 1):
        if not composite[i]:
            found += 1
            k = i * i
            while k <= n:
                composite[k] = True
                k += i
    return found


def entry_point(argv):
    n = 40000000
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
