def entry_point(argv):
    s = "Hello, World" + "!" * len(argv)
    print s.upper(), s.lower(), s.find("o"), s.rfind("o"), s.find("zz"), s.count("l")
    print s.replace("l", "L"), s.startswith("Hell"), s.endswith("!")
    print s.split(", ")[1], "a,b,,c".split(","), "a b  c".split()
    print "  x y ".strip() + "|", "xxaxx".strip("x"), "--a".lstrip("-"), "a--".rstrip("-")
    print "-".join(["a", "b", "c"]), "".join([]), "abc".ljust(5) + "|", "abc".rjust(5), "7".zfill(3)
    print "12".isdigit(), "a1".isalnum(), "ab".isalpha(), " ".isspace(), "AB".isupper(), "ab".islower()
    print "one\ntwo\n".splitlines(), "a=b=c".split("=", 1), "a=b=c".rsplit("=", 1)
    return 0


def target(*args):
    return entry_point
