def entry_point(argv):
    s = "hello world"
    print s, len(s), s[0], s[-1], s[2:5], s[:3], s[6:]
    print s.upper(), s.find("wor"), s.find("x"), s.replace("o", "00")
    print s.split(" "), " a  b ".split(), "a,b,,c".split(",")
    print "-".join(["x", "y", "z"]), s * 2, s + "!"
    print s.startswith("hell"), s.endswith("x"), "lo" in s, "zz" in s
    print "%d %s %x %5d|%-5s|%05d %f" % (42, "str", 255, 7, "ab", 42, 1.5)
    print ord("a"), chr(98), str(123), int("456") + 1, int("ff", 16)
    c = 0
    for ch in s:
        if ch == "o":
            c += 1
    print c
    print "abc" < "abd", "abc" == "ab" + "c", "b" > "a"
    print "  strip ".strip() + "|", "xxabxx".strip("x")
    print "%s" % (s,), "%s and %s" % ("a", 1), 3.25, float("2.5")
    print u"unicode".encode("ascii") if False else "no"
    try:
        print int("12x")
    except ValueError:
        print "value error"
    print "abc".rjust(6) + "|", "7".zfill(3), "a\nb\n".splitlines()
    return 0
