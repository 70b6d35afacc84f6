# Permutations: short lists that are reversed in place.
def run(n):
    perm1 = [i for i in range(n)]
    count = [0] * n
    flips = 0
    r = n
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        perm = perm1[:]
        done = 0
        k = perm[0]
        while k:
            i = 0
            j = k
            while i < j:
                t = perm[i]
                perm[i] = perm[j]
                perm[j] = t
                i += 1
                j -= 1
            done += 1
            k = perm[0]
        if done > flips:
            flips = done
        while True:
            if r == n:
                return flips
            first = perm1[0]
            for i in range(r):
                perm1[i] = perm1[i + 1]
            perm1[r] = first
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1


def entry_point(argv):
    n = 10
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
