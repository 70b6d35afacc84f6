# Strings character by character.
def run(n):
    state = 1
    pieces = []
    for i in range(2000):
        state = state * 1103515245 % 2147483648 + 12345
        pieces.append(chr(97 + state // 65536 % 26))
    text = "".join(pieces)
    total = 0
    for i in range(n):
        h = i
        for c in text:
            if c == 'e':
                h += 1
            elif c > 'm':
                h = (h * 31 + ord(c)) % 1000003
        total += h
    return total


def entry_point(argv):
    n = 200000
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
