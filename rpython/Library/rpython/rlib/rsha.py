# rlib.rsha: SHA-1 (FIPS 180-4).
from rpython.rlib.rarithmetic import r_uint, intmask

MASK = r_uint(0xffffffff)
digest_size = 20
digestsize = 20
blocksize = 1
HEX = "0123456789abcdef"


def _rotate(x, n):
    return ((x << n) | (x >> (32 - n))) & MASK


class RSHA(object):
    def __init__(self, initialdata=''):
        self._pending = ""
        self._length = 0
        self._h = [r_uint(0x67452301), r_uint(0xefcdab89), r_uint(0x98badcfe), r_uint(0x10325476), r_uint(0xc3d2e1f0)]
        self.update(initialdata)

    def _block(self, s, at):
        w = [r_uint(0)] * 80
        for i in range(16):
            p = at + i * 4
            w[i] = r_uint(ord(s[p]) << 24 | ord(s[p + 1]) << 16 | ord(s[p + 2]) << 8 | ord(s[p + 3]))
        for i in range(16, 80):
            w[i] = _rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1)
        a = self._h[0]
        b = self._h[1]
        c = self._h[2]
        d = self._h[3]
        e = self._h[4]
        for i in range(80):
            if i < 20:
                f = (b & c) | ((b ^ MASK) & d)
                k = r_uint(0x5a827999)
            elif i < 40:
                f = b ^ c ^ d
                k = r_uint(0x6ed9eba1)
            elif i < 60:
                f = (b & c) | (b & d) | (c & d)
                k = r_uint(0x8f1bbcdc)
            else:
                f = b ^ c ^ d
                k = r_uint(0xca62c1d6)
            t = (_rotate(a, 5) + f + e + k + w[i]) & MASK
            e = d
            d = c
            c = _rotate(b, 30)
            b = a
            a = t
        self._h[0] = (self._h[0] + a) & MASK
        self._h[1] = (self._h[1] + b) & MASK
        self._h[2] = (self._h[2] + c) & MASK
        self._h[3] = (self._h[3] + d) & MASK
        self._h[4] = (self._h[4] + e) & MASK

    def update(self, data):
        self._length += len(data)
        data = self._pending + data
        at = 0
        while at + 64 <= len(data):
            self._block(data, at)
            at += 64
        self._pending = data[at:]

    def digest(self):
        other = self.copy()
        bits = other._length * 8
        other.update("\x80" + "\x00" * ((119 - other._length % 64) % 64))
        tail = [chr((bits >> (56 - 8 * i)) & 255) for i in range(8)]
        other.update("".join(tail))
        out = []
        for h in other._h:
            v = intmask(h)
            out.append(chr(v >> 24 & 255) + chr(v >> 16 & 255) + chr(v >> 8 & 255) + chr(v & 255))
        return "".join(out)

    def hexdigest(self):
        out = []
        for c in self.digest():
            out.append(HEX[ord(c) >> 4])
            out.append(HEX[ord(c) & 15])
        return "".join(out)

    def copy(self):
        other = RSHA()
        other._pending = self._pending
        other._length = self._length
        other._h = self._h[:]
        return other


def new(arg=''):
    return RSHA(arg)


sha = new
