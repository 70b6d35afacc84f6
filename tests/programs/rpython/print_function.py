from __future__ import print_function


def entry_point(argv):
    print("a", len(argv), 2.5 > len(argv))
    print("no newline", end="")
    print("!", sep=",")
    print("x", "y", sep="-")
    print()
    return 0


def target(*args):
    return entry_point
