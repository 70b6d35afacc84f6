# rlib.runicode: between unicode strings and bytes, with functions that say what stands for what is wrong.
import sys
from rpython.rlib.rstring import StringBuilder, UnicodeBuilder

MAXUNICODE = 0x10ffff
BYTEORDER = sys.byteorder
UNICHR = unichr
ORD = ord


def default_unicode_error_decode(errors, encoding, msg, s, startingpos, endingpos):
    if errors == 'replace':
        return u'\ufffd', endingpos
    if errors == 'ignore':
        return u'', endingpos
    raise UnicodeDecodeError(encoding, s, startingpos, endingpos, msg)


def default_unicode_error_encode(errors, encoding, msg, u, startingpos, endingpos):
    # Text, or bytes, and where to go on.
    if errors == 'replace':
        return u'?', None, endingpos
    if errors == 'ignore':
        return u'', None, endingpos
    raise UnicodeEncodeError(encoding, u, startingpos, endingpos, msg)


def length_of_code(c):
    # Of a sequence of UTF-8 by its first byte; 0: there is none.
    if c < 0x80:
        return 1
    if c < 0xc2 or c > 0xf4:
        return 0
    return 2 if c < 0xe0 else 3 if c < 0xf0 else 4


def continues(first, at, c, allow_surrogates):
    # Whether a byte can be the one at a place of a sequence.
    if at == 1:
        if first == 0xe0:
            return 0xa0 <= c <= 0xbf
        if first == 0xed and not allow_surrogates:
            return 0x80 <= c <= 0x9f
        if first == 0xf0:
            return 0x90 <= c <= 0xbf
        if first == 0xf4:
            return 0x80 <= c <= 0x8f
    return c >> 6 == 2


def str_decode_utf_8_impl(s, size, errors, final, errorhandler, allow_surrogates):
    result = UnicodeBuilder(size)
    pos = 0
    while pos < size:
        first = ord(s[pos])
        n = length_of_code(first)
        if n == 1:
            result.append(unichr(first))
            pos += 1
            continue
        if n == 0:
            r, pos = errorhandler(errors, 'utf8', 'invalid start byte', s, pos, pos + 1)
            result.append(r)
            continue
        if pos + n > size and not final:
            break
        code = first & (0x7f >> n)
        at = 1
        while at < n and pos + at < size and continues(first, at, ord(s[pos + at]), allow_surrogates):
            code = (code << 6) | (ord(s[pos + at]) & 0x3f)
            at += 1
        if at == n:
            result.append(unichr(code))
            pos += n
        else:
            msg = 'invalid continuation byte' if pos + at < size else 'unexpected end of data'
            r, pos = errorhandler(errors, 'utf8', msg, s, pos, pos + at)
            result.append(r)
    return result.build(), pos


def str_decode_utf_8(s, size, errors, final=False, errorhandler=None, allow_surrogates=False):
    if errorhandler is None:
        errorhandler = default_unicode_error_decode
    return str_decode_utf_8_impl(s, size, errors, final, errorhandler, allow_surrogates)


def append_code(result, c):
    if c < 0x80:
        result.append(chr(c))
        return
    if c < 0x800:
        result.append(chr(0xc0 | (c >> 6)))
    else:
        if c < 0x10000:
            result.append(chr(0xe0 | (c >> 12)))
        else:
            result.append(chr(0xf0 | (c >> 18)))
            result.append(chr(0x80 | ((c >> 12) & 0x3f)))
        result.append(chr(0x80 | ((c >> 6) & 0x3f)))
    result.append(chr(0x80 | (c & 0x3f)))


def is_low_surrogate(c):
    return 0xdc00 <= c <= 0xdfff


def unicode_encode_utf_8_impl(s, size, errors, errorhandler, allow_surrogates=False):
    result = StringBuilder(size)
    pos = 0
    while pos < size:
        c = ord(s[pos])
        pos += 1
        if 0xd800 <= c <= 0xdfff:
            if allow_surrogates:
                # A pair is the character that it stands for.
                if c < 0xdc00 and pos < size and is_low_surrogate(ord(s[pos])):
                    c = 0x10000 + ((c - 0xd800) << 10) + (ord(s[pos]) - 0xdc00)
                    pos += 1
            else:
                text, data, goes_on = errorhandler(errors, 'utf8', 'surrogates not allowed', s, pos - 1, pos)
                if data is not None:
                    result.append(data)
                else:
                    for x in text:
                        if ord(x) >= 0x80:
                            errorhandler('strict', 'utf8', 'surrogates not allowed', s, pos - 1, pos)
                        result.append(chr(ord(x) & 0x7f))
                pos = goes_on
                continue
        append_code(result, c)
    return result.build()


def unicode_encode_utf_8(s, size, errors, errorhandler=None, allow_surrogates=False):
    if errorhandler is None:
        errorhandler = default_unicode_error_encode
    return unicode_encode_utf_8_impl(s, size, errors, errorhandler, allow_surrogates)


def str_decode_latin_1(s, size, errors, final=False, errorhandler=None):
    result = UnicodeBuilder(size)
    for i in range(size):
        result.append(unichr(ord(s[i])))
    return result.build(), size


def str_decode_ascii(s, size, errors, final=False, errorhandler=None):
    if errorhandler is None:
        errorhandler = default_unicode_error_decode
    result = UnicodeBuilder(size)
    pos = 0
    while pos < size:
        c = ord(s[pos])
        if c < 128:
            result.append(unichr(c))
            pos += 1
        else:
            r, pos = errorhandler(errors, 'ascii', 'ordinal not in range(128)', s, pos, pos + 1)
            result.append(r)
    return result.build(), pos


def fast_str_decode_ascii(s):
    result = UnicodeBuilder(len(s))
    for c in s:
        if ord(c) >= 128:
            raise ValueError
        result.append(unichr(ord(c)))
    return result.build()


def unicode_encode_ucs1_helper(p, size, errors, errorhandler, limit):
    reason, encoding = 'ordinal not in range(256)', 'latin-1'
    if limit != 256:
        reason, encoding = 'ordinal not in range(128)', 'ascii'
    result = StringBuilder(size)
    pos = 0
    while pos < size:
        if ord(p[pos]) < limit:
            result.append(chr(ord(p[pos])))
            pos += 1
            continue
        end = pos + 1
        while end < size and ord(p[end]) >= limit:
            end += 1
        text, data, goes_on = errorhandler(errors, encoding, reason, p, pos, end)
        if data is not None:
            result.append(data)
        else:
            for x in text:
                if ord(x) >= limit:
                    errorhandler('strict', encoding, reason, p, pos, end)
                result.append(chr(ord(x) & 0xff))
        pos = goes_on
    return result.build()


def unicode_encode_latin_1(p, size, errors, errorhandler=None):
    if errorhandler is None:
        errorhandler = default_unicode_error_encode
    return unicode_encode_ucs1_helper(p, size, errors, errorhandler, 256)


def unicode_encode_ascii(p, size, errors, errorhandler=None):
    if errorhandler is None:
        errorhandler = default_unicode_error_encode
    return unicode_encode_ucs1_helper(p, size, errors, errorhandler, 128)
