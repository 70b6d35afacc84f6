from rpython.rlib.rsre import rsre_re as re

def show(m):
    if m is None:
        print "no match"
    else:
        print m.start(0), m.end(0), m.group(0)

def entry_point(argv):
    show(re.search('x*', 'axx'))
    show(re.match('a+', 'xxx'))
    show(re.match('-?[0-9]+$', '-123'))
    show(re.match('-?[0-9]+$', '-123a'))
    print re.split(":", ":a:b::c")
    print re.findall(":+", "a:b::c:::d")
    for t in re.findall("[\s,]*(~@|[\[\]{}()'`~^@]|\"(?:[\\\\].|[^\\\\\"])*\"?|;.*|[^\s\[\]{}()'\"`@,;]+)", "(def! x \"a\\\"b\") ; comment"):
        print "[" + t + "]"
    m = re.search(r"(\S+) - (\d+) errors, (\d+) warnings", "/usr/sbin/sendmail - 0 errors, 4 warnings")
    print m.group(1), m.group(2), m.group(3)
    print re.split("\n+", "a\nb\n\nc")
    print re.findall(r"\w+ly", "He was carefully disguised but captured quickly by police.")
    show(re.search("(a|b)*c", "ababab abc"))
    show(re.search("(?:ab){2,3}", "ababababab"))
    show(re.search("a{2,}?", "aaaa"))
    show(re.search("(x*)*y", "xxxxy"))
    show(re.search(r"\bfoo\b", "a foo b"))
    show(re.search(r"(\w)\1", "hello"))
    show(re.search("(?i)HELLO", "say hello"))
    show(re.search("foo(?=bar)", "foobaz foobar"))
    show(re.search("foo(?!bar)", "foobar foobaz"))
    show(re.search("^b", "a\nb", re.M))
    show(re.search("a.b", "a\nb", re.S))
    show(re.search("[^a-c]+$", "abcdef"))
    for m in re.finditer("o", "foo boo"):
        print m.start(0),
    print
    m = re.match(u"h.l", u"h\u00e4lt")
    print m.end(0)
    return 0
def target(*args): return entry_point
