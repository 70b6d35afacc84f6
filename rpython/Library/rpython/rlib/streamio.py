# rlib.streamio
import os
from rpython.rlib.rfile import RFile


class Stream(RFile):
    def readall(self):
        return self.read(-1)

    def getfd(self):
        return self.fd


def open_file_as_stream(path, mode='r', buffering=-1):
    flags = os.O_RDONLY
    if mode.startswith('w'):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    elif mode.startswith('a'):
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    return Stream(os.open(path, flags, 0666))


def fdopen_as_stream(fd, mode, buffering=-1):
    return Stream(fd)
