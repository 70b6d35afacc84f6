from rpython.rlib.rbigint import rbigint

def entry_point(argv):
    a = rbigint.fromstr("123456789012345678901234567890")
    b = rbigint.fromint(-987654321987654321)
    print a.add(b).str(), a.sub(b).str(), a.mul(b).str()
    print a.div(b).str(), a.mod(b).str(), b.div(a).str(), b.mod(a).str()
    q, r = a.divmod(b)
    print q.str(), r.str()
    print a.lshift(77).str(), a.rshift(13).str(), b.rshift(3).str(), b.lshift(5).str()
    print a.and_(b).str(), a.or_(b).str(), a.xor(b).str(), b.invert().str()
    p = rbigint.fromint(3).pow(rbigint.fromint(500))
    print p.str()
    big = p.mul(p).add(rbigint.fromint(12345))
    print big.str()
    print big.div(p).str() == p.str(), big.mod(p).str()
    print p.hex(), p.oct(), p.repr()
    print rbigint.fromint(7).pow(rbigint.fromint(1000), rbigint.fromint(1000007)).str()
    x = rbigint.fromint(1)
    for i in range(1, 200):
        x = x.mul(rbigint.fromint(i))
    print x.str()
    for i in range(199, 0, -1):
        x = x.div(rbigint.fromint(i))
    print x.str()
    print a.lt(b), a.gt(b), a.eq(a), a.ne(b), b.le(a), b.ge(b)
    print rbigint.fromint(-5).toint(), rbigint.fromint(-9223372036854775807 - 1).toint()
    try:
        print a.toint()
    except OverflowError:
        print "overflow"
    print rbigint.fromfloat(1e20).str(), rbigint.fromfloat(-12345.678).str()
    print int(a.tofloat() / 1e20), a.truediv(b) < 0.0
    print rbigint.fromstr("-0x1fffffffffffffffff", 16).str(), rbigint.fromstr("777", 8).str()
    print rbigint.fromint(1 << 62).mul(rbigint.fromint(4)).bit_length()
    print rbigint.fromint(144).isqrt().str(), a.isqrt().str()
    print a.int_add(5).str(), a.int_mul(-3).str(), a.int_mod(7).str()
    print rbigint.fromint(48).gcd(rbigint.fromint(-18)).str()
    m = p.pow(rbigint.fromint(20))
    print m.div(p.pow(rbigint.fromint(7))).eq(p.pow(rbigint.fromint(13)))
    s = m.str()
    print len(s), rbigint.fromstr(s).eq(m)
    return 0
def target(*args): return entry_point
