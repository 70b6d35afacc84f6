# rlib.rmd5: MD5 (RFC 1321).
from rpython.rlib.rarithmetic import r_uint, intmask

MASK = r_uint(0xffffffff)
digest_size = 16
SINES = [r_uint(n) for n in [
         0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
         0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
         0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
         0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
         0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
         0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
         0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
         0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391]]
SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
HEX = "0123456789abcdef"


class RMD5(object):
    def __init__(self, initialdata=''):
        self._pending = ""
        self._length = 0
        self._h = [r_uint(0x67452301), r_uint(0xefcdab89), r_uint(0x98badcfe), r_uint(0x10325476)]
        self.update(initialdata)

    def _block(self, s, at):
        x = [r_uint(0)] * 16
        for i in range(16):
            p = at + i * 4
            x[i] = r_uint(ord(s[p]) | ord(s[p + 1]) << 8 | ord(s[p + 2]) << 16 | ord(s[p + 3]) << 24)
        a = self._h[0]
        b = self._h[1]
        c = self._h[2]
        d = self._h[3]
        for i in range(64):
            if i < 16:
                f = (b & c) | ((b ^ MASK) & d)
                k = i
            elif i < 32:
                f = (d & b) | ((d ^ MASK) & c)
                k = (5 * i + 1) & 15
            elif i < 48:
                f = b ^ c ^ d
                k = (3 * i + 5) & 15
            else:
                f = c ^ (b | (d ^ MASK))
                k = (7 * i) & 15
            t = (a + f + SINES[i] + x[k]) & MASK
            n = SHIFTS[(i >> 4) * 4 + (i & 3)]
            a = d
            d = c
            c = b
            b = (b + ((t << n | t >> (32 - n)) & MASK)) & MASK
        self._h[0] = (self._h[0] + a) & MASK
        self._h[1] = (self._h[1] + b) & MASK
        self._h[2] = (self._h[2] + c) & MASK
        self._h[3] = (self._h[3] + d) & MASK

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
        tail = [chr((bits >> (8 * i)) & 255) for i in range(8)]
        other.update("".join(tail))
        out = []
        for h in other._h:
            v = intmask(h)
            out.append(chr(v & 255) + chr(v >> 8 & 255) + chr(v >> 16 & 255) + chr(v >> 24 & 255))
        return "".join(out)

    def hexdigest(self):
        out = []
        for c in self.digest():
            out.append(HEX[ord(c) >> 4])
            out.append(HEX[ord(c) & 15])
        return "".join(out)

    def copy(self):
        other = RMD5()
        other._pending = self._pending
        other._length = self._length
        other._h = self._h[:]
        return other


def new(initialdata=''):
    return RMD5(initialdata)
