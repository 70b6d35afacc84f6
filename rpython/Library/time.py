# time
import _mu


def time():
    return _mu.time()


def clock():
    return _mu.clock()
