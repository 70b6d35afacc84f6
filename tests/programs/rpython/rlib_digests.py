from rpython.rlib import rmd5, rsha, rurandom
from rpython.rlib.rrandom import Random


def entry_point(argv):
    for text in ["", "abc", "x" * 55, "y" * 56, "z" * 64, "q" * 1000]:
        print rmd5.RMD5(text).hexdigest(), rsha.RSHA(text).hexdigest()
    d = rsha.new("hello ")
    other = d.copy()
    d.update("world")
    print d.hexdigest(), other.hexdigest(), len(d.digest())
    r = Random(42)
    print r.genrand32(), r.genrand32(), r.random()
    r.jumpahead(7)
    print r.genrand32()
    print len(rurandom.urandom(rurandom.init_urandom(), 33))
    print "abcabcab".count("ab", 1), "abcabcab".count("ab", 1, 5), "aaa".count("a", -2)
    return 0


def target(*args):
    return entry_point, None
