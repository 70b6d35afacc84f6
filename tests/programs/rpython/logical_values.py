# The values of and, or, and conditional expressions; a and b or c never has the value of a false a.


def both(a, b, c):
    return a and (b or c)


def either(a, b, c):
    return a or (b and c)


def length(s):
    return s and len(s) or 0


def length_or_minus(s, t):
    return s and t and len(s) + len(t) or -1


def nested(a, b, c):
    return (b or c) if a else (b and c)


def text(s, t):
    return s or t


def entry_point(argv):
    for a in [False, True]:
        for b in [False, True]:
            for c in [False, True]:
                print int(both(a, b, c)), int(either(a, b, c)), int(nested(a, b, c))
    print length('abc'), length(''), length_or_minus('a', ''), length_or_minus('a', 'bc')
    print text('', 'other'), text('one', 'other')
    return 0


def target(*args):
    return entry_point, None


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
