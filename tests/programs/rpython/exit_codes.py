import os


def check(n):
    if n > 100:
        raise SystemExit(5)
    return n


def entry_point(argv):
    print check(len(argv))
    if len(argv) == 1:
        return 42
    return 0


def target(*args):
    return entry_point
