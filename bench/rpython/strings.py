# Split, join, replace, find, upper.
def run(n):
    text = "the quick brown fox jumps over the lazy dog"
    total = 0
    for i in range(n):
        words = text.split(" ")
        words.append(str(i))
        line = "-".join(words).replace("fox", "cat").upper()
        total += line.find("LAZY") + len(line)
        if line.startswith("THE") and line.endswith("9"):
            total += line.count("O")
    return total


def entry_point(argv):
    n = 3000000
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
