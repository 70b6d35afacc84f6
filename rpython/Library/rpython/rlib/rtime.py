# rlib.rtime
import _mu
import time as _time

time = _time.time
clock = _time.clock


def sleep(seconds):
    _mu.sleep(int(seconds * 1000.0))
