class Celsius(object):
    def __init__(self, t):
        self._t = t

    def get(self):
        return self._t

    def set(self, t):
        self._t = t

    t = property(get, set)

    @property
    def fahrenheit(self):
        return self._t * 9 // 5 + 32


def entry_point(argv):
    c = Celsius(10 * len(argv))
    c.t = c.t + 5
    print c.t, c.fahrenheit
    return 0


def target(*args):
    return entry_point
