from rpython.rlib.objectmodel import specialize, we_are_translated, r_dict, import_from_mixin, instantiate, compute_hash
from rpython.rlib.rarithmetic import r_uint, intmask, ovfcheck
from rpython.rlib.unroll import unrolling_iterable
from rpython.rlib.rstring import StringBuilder
from rpython.rlib.jit import JitDriver, elidable, promote
from rpython.rlib.debug import ll_assert

driver = JitDriver(greens=['pc'], reds=['n'])

def _add(a, b): return a + b
def _sub(a, b): return a - b
OPS = unrolling_iterable([("add", _add), ("sub", _sub)])

def run(name, a, b):
    for opname, func in OPS:
        if name == opname:
            return func(a, b)
    else:
        return -1

@specialize.argtype(0)
def show(x):
    return "<" + str(x) + ">"

@specialize.arg(1)
def power(x, n):
    if n == 0:
        return 1
    return x * power(x, n - 1)

class Mixin(object):
    def hello(self):
        return "hello " + self.name()

class A(object):
    import_from_mixin(Mixin)
    def name(self):
        return "A"

class B(object):
    import_from_mixin(Mixin)
    def name(self):
        return "B"

def eq(a, b):
    return a.lower() == b.lower()
def key_hash(a):
    return compute_hash(a.lower())

class Point(object):
    x = 7

@elidable
def pure(n):
    return n * 2

def entry_point(argv):
    print run("add", 5, 3), run("sub", 5, 3), run("mul", 5, 3)
    print show(3), show("x"), show("abc")
    print power(3, 4)
    print A().hello(), B().hello()
    if not we_are_translated():
        print this_name_does_not_exist
    d = r_dict(eq, key_hash)
    d["Hello"] = 1
    d["HELLO"] = 2
    print len(d), d["hello"]
    n = 0
    while n < 3:
        driver.jit_merge_point(pc=0, n=n)
        n += 1
    try:
        print ovfcheck(9223372036854775807 + n)
    except OverflowError:
        print "overflow"
    try:
        print ovfcheck(n * 1000)
    except OverflowError:
        print "overflow"
    print intmask(r_uint(0) - r_uint(1)), intmask(r_uint(5) // r_uint(2))
    print r_uint(2) < r_uint(-1)
    b = StringBuilder()
    b.append("ab")
    b.append("c")
    b.append_slice("xyz", 1, 3)
    b.append_multiple_char("-", 3)
    print b.build(), b.getlength()
    p = instantiate(Point)
    print p.x, pure(promote(4))
    return 0
