def entry_point(argv):
    words = ["pear", "apple", "fig", "apples", "", "Fig", "app"]
    words.append("z" * len(argv))
    words.sort()
    print words
    print "a" < "b", "a" < "A", "abc" > "abd", "x" >= "x", cmp("a", "b"), cmp(3, 2)
    return 0


def target(*args):
    return entry_point
