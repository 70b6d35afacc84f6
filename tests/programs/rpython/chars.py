def classify(c):
    if c == " ":
        return 0
    if "a" <= c <= "z":
        return 1
    if c in "0123456789":
        return 2
    return 3


def entry_point(argv):
    total = 0
    for c in "ab 12 ?!" * len(argv):
        total = total * 4 + classify(c)
    print total
    print ord("a"), chr(98), ord(chr(200)), "abc"[1] == "b"
    text = [c for c in "xyz"]
    text.reverse()
    print "".join(text)
    return 0


def target(*args):
    return entry_point
