# A dict of strs made by formatting.
def run(n):
    d = {}
    for i in range(n):
        word = "w%d" % (i * 31 % 5003)
        d[word] = d.get(word, 0) + 1
    total = 0
    for word in d:
        total += len(word) * d[word]
    return total


def entry_point(argv):
    n = 8000000
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
