# time
import _mu


def time():
    return _mu.time()


def clock():
    return _mu.clock()


def sleep(seconds):
    _mu.sleep(int(seconds * 1000.0))
