# Builders, dicts with functions of their own, and parts of floats, made while the module is imported.
import math
from rpython.rlib.objectmodel import r_dict
from rpython.rlib.rstring import StringBuilder, UnicodeBuilder

builder = StringBuilder()
builder.append("abc")
builder.append_slice("0123456", 2, 4)
builder.append_multiple_char("-", 3)
empty = StringBuilder(3)
wide = UnicodeBuilder()
wide.append(u"\u1234z")


def same(a, b):
    return a.lower() == b.lower()


def number(a):
    return len(a)

names = r_dict(same, number)
names["Alpha"] = 1
names["ALPHA"] = 2
names["beta"] = 3

MANTISSA, EXPONENT = math.frexp(10.0)


def entry_point(argv):
    n = len(argv)
    print builder.build(), builder.getlength()
    builder.append("x" * n)
    empty.append("first")
    wide.append(u"y")
    print builder.build(), builder.getlength(), empty.build(), len(wide.build())
    print len(names), names["aLpHa"], names["BETA"], int("gamma" in names)
    names["GAMMA"] = n
    print len(names), names["gamma"]
    print MANTISSA, EXPONENT, int(MANTISSA == 0.625)
    return 0


def target(*args):
    return entry_point
