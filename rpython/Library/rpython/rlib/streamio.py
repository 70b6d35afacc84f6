# rlib.streamio: streams over file descriptors, and a base class for streams of one's own.
import os
from rpython.rlib.rfile import RFile, flags_of


class StreamError(Exception):
    pass


class Stream(object):
    def read(self, n):
        raise NotImplementedError

    def write(self, data):
        raise NotImplementedError

    def tell(self):
        raise NotImplementedError

    def seek(self, offset, whence):
        raise NotImplementedError

    def readall(self):
        pieces = []
        while True:
            data = self.read(65536)
            if len(data) == 0:
                break
            pieces.append(data)
        return ''.join(pieces)

    def readline(self):
        pieces = []
        while True:
            c = self.read(1)
            if len(c) == 0:
                break
            pieces.append(c)
            if c == '\n':
                break
        return ''.join(pieces)

    def truncate(self, size):
        raise NotImplementedError

    def flush(self):
        pass

    def flushable(self):
        return False

    def close(self):
        pass

    def try_to_find_file_descriptor(self):
        return -1


class FileStream(Stream):
    def __init__(self, fd):
        self.file = RFile(fd)

    def read(self, n):
        return self.file.read(n)

    def readline(self):
        return self.file.readline()

    def readall(self):
        return self.file.read(-1)

    def write(self, data):
        self.file.write(data)

    def tell(self):
        return self.file.tell()

    def seek(self, offset, whence):
        self.file.seek(offset, whence)

    def close(self):
        self.file.close()

    def getfd(self):
        return self.file.fileno()

    def try_to_find_file_descriptor(self):
        return self.file.fileno()


def open_file_as_stream(path, mode='r', buffering=-1, signal_checker=None):
    return FileStream(os.open(path, flags_of(mode), 0666))


def fdopen_as_stream(fd, mode, buffering=-1, signal_checker=None):
    return FileStream(fd)
