def sieve(n):
    flags = [True] * (n + 1)
    count = 0
    i = 2
    while i <= n:
        if flags[i]:
            count += 1
            j = i * i
            while j <= n:
                flags[j] = False
                j += i
        i += 1
    return count


def entry_point(argv):
    print sieve(1000 * len(argv)), sieve(10), sieve(2)
    return 0


def target(*args):
    return entry_point
