import math
def entry_point(argv):
    one = len(argv)
    big = 9223372036854775807
    print big + one, -big - one - one, big * 2 * one
    print (1 << 62 << one), 7 >> one, -7 >> one
    print -7 // (one * 2), -7 % (one * 2), 7 // (one * -2), 7 % (one * -2)
    print 6 & 3 * one, 6 | 3 * one, 6 ^ 3 * one, ~one
    print "%x %d" % (255 * one, -5 * one), hex(255 * one), oct(8 * one)
    x = 1.5 * one
    print "%f %.2f %8.3f" % (x, x * 2, x / 3)
    print int(x), int(-x), float(one) + 1
    print "%d" % int(math.floor(2.7 * one)), "%f" % math.sqrt(2.0 * one), "%f" % math.sin(x)
    print "%f" % (7.5 % 2.0 * one), "%f" % (-7.5 % (2.0 * one))
    print str(12345 * one), int("-42"), int(" 7 ")
    try:
        print one // (one - 1)
    except ZeroDivisionError:
        print "division"
    try:
        print 1.0 / (one - 1)
    except ZeroDivisionError:
        print "float division"
    t = 0
    for i in xrange(0, 1000, 7):
        t += i
    print t
    print 3 == 3.0 * one, one < 1.5
    return 0
