# rlib.rurandom: bytes of the system's random source.
import os


def init_urandom():
    return None


def urandom(context, n, signal_checker=None):
    fd = os.open("/dev/urandom", os.O_RDONLY, 0)
    try:
        data = ""
        while len(data) < n:
            data += os.read(fd, n - len(data))
        return data
    finally:
        os.close(fd)
