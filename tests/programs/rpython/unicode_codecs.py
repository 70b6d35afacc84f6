# rlib.runicode: decoders and encoders with functions for what is wrong.
from rpython.rlib.runicode import UNICHR, str_decode_utf_8, unicode_encode_utf_8, str_decode_latin_1, str_decode_ascii, unicode_encode_latin_1, unicode_encode_ascii


def strict(errors, encoding, msg, s, start, end):
    raise UnicodeDecodeError(encoding, s, start, end, msg)


def marked(errors, encoding, msg, s, start, end):
    return u'<' + unicode(str(end - start)) + u'>', end


def encode_marked(errors, encoding, msg, u, start, end):
    return u'<' + unicode(str(end - start)) + u'>', None, end


def encode_bytes(errors, encoding, msg, u, start, end):
    return None, "!!", end


def codes(u):
    return ' '.join([str(ord(c)) for c in u])


def code_of(n):
    try:
        return ord(UNICHR(n))
    except ValueError:
        return -1


def decode(s, errors):
    u, n = str_decode_utf_8(s, len(s), errors)
    print codes(u), n
    u, n = str_decode_utf_8(s, len(s), errors, final=True)
    print codes(u), n


def marking(s):
    u, n = str_decode_utf_8(s, len(s), "x", True, marked)
    print codes(u), n


def decode_strict(s):
    try:
        u, n = str_decode_utf_8(s, len(s), "strict", final=True, errorhandler=strict)
        print codes(u), n
    except UnicodeDecodeError:
        print "UnicodeDecodeError"


def escaped(s):
    return ' '.join([str(ord(c)) for c in s])


def entry_point(argv):
    n = len(argv)
    print code_of(65 * n), code_of(-n), code_of(0x10000 + n)
    for s in ["ab" * n, "h\xc3\xa9llo", "\xe2\x82\xac", "\xf0\x9f\x98\x80!", "a\xffb", "\xe2\x82", "\xc3", "\xe2(\xa1", "\xf0\x9f(", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe0\x80\x80", ""]:
        decode(s, "replace")
        decode(s, "ignore")
        marking(s)
        decode_strict(s)
    for u in [u"ab" * n, u"h\xe9\u20ac\U0001f600", u"\x00\x7f\x80\u07ff\u0800\uffff"]:
        print escaped(unicode_encode_utf_8(u, len(u), "strict"))
        print escaped(unicode_encode_utf_8(u, len(u), "strict", allow_surrogates=True))
        print escaped(unicode_encode_ascii(u, len(u), "replace")), escaped(unicode_encode_latin_1(u, len(u), "ignore"))
        print escaped(unicode_encode_ascii(u, len(u), "x", encode_marked)), escaped(unicode_encode_ascii(u, len(u), "x", encode_bytes))
    u, size = str_decode_ascii("a\xe9b", 3, "replace")
    print codes(u), size
    u, size = str_decode_latin_1("a\xe9b", 3, "strict")
    print codes(u), size
    return 0


def target(driver, args):
    return entry_point, None
