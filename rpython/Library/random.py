# random, for modules while they are imported.
import time
from rpython.rlib.rarithmetic import r_uint
from rpython.rlib.rrandom import Random as _Twister


class Random(object):
    def __init__(self, x=None):
        self._twister = None
        self._x = x

    def seed(self, x=None):
        self._twister = None
        self._x = x

    def random(self):
        if self._twister is None:
            if self._x is None:
                self._x = int(time.time() * 1000)
            self._twister = _Twister(r_uint(self._x))
        return self._twister.random()

    def randrange(self, start, stop=None):
        if stop is None:
            start, stop = 0, start
        return start + int(self.random() * (stop - start))

    def randint(self, a, b):
        return self.randrange(a, b + 1)

    def choice(self, items):
        return items[self.randrange(len(items))]

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.randrange(i + 1)
            items[i], items[j] = items[j], items[i]


_shared = Random()
seed = _shared.seed
random = _shared.random
randrange = _shared.randrange
randint = _shared.randint
choice = _shared.choice
shuffle = _shared.shuffle
