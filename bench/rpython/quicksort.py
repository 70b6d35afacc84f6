# Swaps in a list, recursion.
def sort(a, low, high):
    while low < high:
        pivot = a[(low + high) // 2]
        i = low
        j = high
        while i <= j:
            while a[i] < pivot:
                i += 1
            while a[j] > pivot:
                j -= 1
            if i <= j:
                t = a[i]
                a[i] = a[j]
                a[j] = t
                i += 1
                j -= 1
        sort(a, low, j)
        low = i


def run(n):
    state = 42
    a = [0] * n
    for i in range(n):
        state = (state * 1103515245 + 12345) % 2147483648
        a[i] = state // 8
    sort(a, 0, n - 1)
    total = 0
    for i in range(n):
        total = (total * 31 + a[i]) % 1000000007
    return total


def entry_point(argv):
    n = 6000000
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
