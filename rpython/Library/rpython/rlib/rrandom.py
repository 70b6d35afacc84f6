# rlib.rrandom: the Mersenne Twister MT19937 (Matsumoto, Nishimura, "Mersenne Twister", ACM TOMACS 8, 1998).
from rpython.rlib.rarithmetic import r_uint, intmask

N = 624
M = 397
MATRIX_A = r_uint(0x9908b0df)
UPPER = r_uint(0x80000000)
LOWER = r_uint(0x7fffffff)
MASK = r_uint(0xffffffff)


class Random(object):
    def __init__(self, seed=r_uint(0)):
        self.state = [r_uint(0)] * N
        self.index = 0
        self.init_genrand(r_uint(seed))

    def init_genrand(self, s):
        mt = self.state
        mt[0] = s & MASK
        for i in range(1, N):
            mt[i] = (r_uint(1812433253) * (mt[i - 1] ^ (mt[i - 1] >> 30)) + r_uint(i)) & MASK
        self.index = N

    def init_by_array(self, key):
        mt = self.state
        self.init_genrand(r_uint(19650218))
        i = 1
        j = 0
        length = len(key)
        k = N
        if length > N:
            k = length
        while k > 0:
            mt[i] = ((mt[i] ^ ((mt[i - 1] ^ (mt[i - 1] >> 30)) * r_uint(1664525))) + key[j] + r_uint(j)) & MASK
            i += 1
            j += 1
            if i >= N:
                mt[0] = mt[N - 1]
                i = 1
            if j >= length:
                j = 0
            k -= 1
        k = N - 1
        while k > 0:
            mt[i] = ((mt[i] ^ ((mt[i - 1] ^ (mt[i - 1] >> 30)) * r_uint(1566083941))) - r_uint(i)) & MASK
            i += 1
            if i >= N:
                mt[0] = mt[N - 1]
                i = 1
            k -= 1
        mt[0] = UPPER

    def _refill(self):
        mt = self.state
        for k in range(N):
            y = (mt[k] & UPPER) | (mt[(k + 1) % N] & LOWER)
            v = mt[(k + M) % N] ^ (y >> 1)
            if y & r_uint(1):
                v = v ^ MATRIX_A
            mt[k] = v
        self.index = 0

    def genrand32(self):
        if self.index >= N:
            self._refill()
        y = self.state[self.index]
        self.index += 1
        y = y ^ (y >> 11)
        y = y ^ ((y << 7) & r_uint(0x9d2c5680))
        y = y ^ ((y << 15) & r_uint(0xefc60000))
        return (y ^ (y >> 18)) & MASK

    def random(self):
        a = intmask(self.genrand32() >> 5)
        b = intmask(self.genrand32() >> 6)
        return (a * 67108864.0 + b) * (1.0 / 9007199254740992.0)

    def jumpahead(self, n):
        mt = self.state
        i = N - 1
        while i > 1:
            j = n % i
            mt[i], mt[j] = mt[j], mt[i]
            i -= 1
        nonzero = False
        for i in range(1, N):
            mt[i] = (mt[i] + r_uint(i + 1)) & MASK
            if mt[i]:
                nonzero = True
        # All of them zero, which the generator would never leave, is made something else.
        if nonzero:
            mt[0] = mt[0] + r_uint(1)
        else:
            mt[0] = UPPER
        self.index = N
