# Between str and unicode: ASCII, Latin-1, UTF-8.
import _mu


def kind_of(encoding):
    name = encoding.lower()
    if name == 'utf-8' or name == 'utf8':
        return 0
    if name == 'latin-1' or name == 'latin1' or name == 'iso-8859-1':
        return 256
    return 128


def decode_below(s, limit):
    n = len(s)
    result = _mu.str_new(u'', n)
    i = 0
    while i < n:
        c = ord(s[i])
        if c >= limit:
            raise UnicodeDecodeError
        _mu.str_set(result, i, unichr(c))
        i += 1
    return result


def str_to_unicode(s):
    return decode_below(_mu.text(s), 128)


def str_decode(s, encoding='ascii', errors='strict'):
    s = _mu.text(s)
    limit = kind_of(encoding)
    if limit > 0:
        return decode_below(s, limit)
    return decode_utf8(s)


def decode_utf8(s):
    n = len(s)
    buffer = _mu.str_new(u'', n)
    length = 0
    i = 0
    while i < n:
        c = ord(s[i])
        more = 0
        if c < 128:
            pass
        elif c >= 0xf0:
            c = c & 7
            more = 3
        elif c >= 0xe0:
            c = c & 15
            more = 2
        elif c >= 0xc2:
            c = c & 31
            more = 1
        else:
            raise UnicodeDecodeError
        i += 1
        while more > 0:
            if i >= n or ord(s[i]) & 0xc0 != 0x80:
                raise UnicodeDecodeError
            c = (c << 6) | (ord(s[i]) & 63)
            i += 1
            more -= 1
        _mu.str_set(buffer, length, unichr(c))
        length += 1
    return buffer[0:length]


def encode_below(u, limit):
    n = len(u)
    result = _mu.str_new('', n)
    i = 0
    while i < n:
        c = ord(u[i])
        if c >= limit:
            raise UnicodeEncodeError
        _mu.str_set(result, i, chr(c))
        i += 1
    return result


def unicode_to_str(u):
    return encode_below(_mu.text(u), 128)


def str_encode(u, encoding='ascii', errors='strict'):
    u = _mu.text(u)
    limit = kind_of(encoding)
    if limit > 0:
        return encode_below(u, limit)
    return encode_utf8(u)


def encode_utf8(u):
    u = _mu.text(u)
    buffer = _mu.str_new('', len(u) * 4)
    at = 0
    i = 0
    while i < len(u):
        c = ord(u[i])
        if c < 0x80:
            _mu.str_set(buffer, at, chr(c))
            at += 1
        elif c < 0x800:
            _mu.str_set(buffer, at, chr(0xc0 | (c >> 6)))
            _mu.str_set(buffer, at + 1, chr(0x80 | (c & 63)))
            at += 2
        elif c < 0x10000:
            _mu.str_set(buffer, at, chr(0xe0 | (c >> 12)))
            _mu.str_set(buffer, at + 1, chr(0x80 | ((c >> 6) & 63)))
            _mu.str_set(buffer, at + 2, chr(0x80 | (c & 63)))
            at += 3
        else:
            _mu.str_set(buffer, at, chr(0xf0 | (c >> 18)))
            _mu.str_set(buffer, at + 1, chr(0x80 | ((c >> 12) & 63)))
            _mu.str_set(buffer, at + 2, chr(0x80 | ((c >> 6) & 63)))
            _mu.str_set(buffer, at + 3, chr(0x80 | (c & 63)))
            at += 4
        i += 1
    return buffer[0:at]


def int_to_unicode(n):
    return str_to_unicode(str(n))
