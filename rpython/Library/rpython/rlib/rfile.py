# rlib.rfile: files with the methods of Python's.
import os


class RFile(object):
    def __init__(self, fd):
        self.fd = fd

    def read(self, size=-1):
        pieces = []
        while size != 0:
            want = 65536
            if size > 0 and size < want:
                want = size
            data = os.read(self.fd, want)
            if len(data) == 0:
                break
            pieces.append(data)
            if size > 0:
                size -= len(data)
        return ''.join(pieces)

    def readline(self, size=-1):
        pieces = []
        while True:
            c = os.read(self.fd, 1)
            if len(c) == 0:
                break
            pieces.append(c)
            if c == '\n':
                break
        return ''.join(pieces)

    def write(self, data):
        start = 0
        while start < len(data):
            start += os.write(self.fd, data[start:])

    def flush(self):
        pass

    def close(self):
        os.close(self.fd)

    def fileno(self):
        return self.fd

    def __enter__(self):
        return self

    def __exit__(self, a, b, c):
        self.close()


def create_file(path, mode='r', buffering=-1):
    flags = os.O_RDONLY
    if mode.startswith('w'):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    elif mode.startswith('a'):
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    try:
        return RFile(os.open(path, flags, 0666))
    except OSError as e:
        raise IOError(e.errno, 'open failed')


def create_stdio():
    return RFile(0), RFile(1), RFile(2)
