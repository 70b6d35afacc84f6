from rpython.rlib.rstring import StringBuilder


def entry_point(argv):
    b = StringBuilder()
    for i in range(5):
        b.append(str(i))
        b.append(",")
    b.append_slice("hello", 1, 4)
    b.append_multiple_char("z", 3)
    print b.build(), b.getlength()
    s = ""
    for i in range(300):
        s += chr(97 + i % 26)
    print len(s), s[25:30], s[-1]
    print "ab" * 3, 2 * "xy", "q" * 0 + "."
    return 0


def target(*args):
    return entry_point
