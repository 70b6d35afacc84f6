# rlib.rfile: files with the methods of Python's, buffered for reading.
import os


class RFile(object):
    def __init__(self, fd):
        self.fd = fd
        self.buffer = ''
        self.at = 0
        self.closed = False

    def _fill(self):
        self.buffer = os.read(self.fd, 65536)
        self.at = 0
        return len(self.buffer) > 0

    def read(self, size=-1):
        pieces = []
        while size != 0:
            have = len(self.buffer) - self.at
            if have == 0:
                if not self._fill():
                    break
                have = len(self.buffer)
            if size > 0 and size < have:
                have = size
            start = self.at
            assert start >= 0
            pieces.append(self.buffer[start:start + have])
            self.at = start + have
            if size > 0:
                size -= have
        return ''.join(pieces)

    def readline(self, size=-1):
        pieces = []
        while True:
            start = self.at
            end = self.buffer.find('\n', start)
            if end >= 0:
                pieces.append(self.buffer[start:end + 1])
                self.at = end + 1
                break
            pieces.append(self.buffer[start:])
            if not self._fill():
                self.at = len(self.buffer)
                break
        return ''.join(pieces)

    def readlines(self):
        lines = []
        while True:
            line = self.readline()
            if len(line) == 0:
                break
            lines.append(line)
        return lines

    def __iter__(self):
        return self

    def next(self):
        line = self.readline()
        if len(line) == 0:
            raise StopIteration
        return line

    def write(self, data):
        start = 0
        while start < len(data):
            start += os.write(self.fd, data[start:])

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def seek(self, offset, whence=0):
        if whence == 1:
            offset -= len(self.buffer) - self.at
        self.buffer = ''
        self.at = 0
        os.lseek(self.fd, offset, whence)

    def tell(self):
        return os.lseek(self.fd, 0, 1) - (len(self.buffer) - self.at)

    def flush(self):
        pass

    def close(self):
        if not self.closed:
            self.closed = True
            os.close(self.fd)

    def fileno(self):
        return self.fd

    def isatty(self):
        return os.isatty(self.fd)

    def __enter__(self):
        return self

    def __exit__(self, a, b, c):
        self.close()


def flags_of(mode):
    flags = os.O_RDONLY
    plus = '+' in mode
    if mode.startswith('w'):
        flags = os.O_WRONLY
        if plus:
            flags = os.O_RDWR
        return flags | os.O_CREAT | os.O_TRUNC
    if mode.startswith('a'):
        flags = os.O_WRONLY
        if plus:
            flags = os.O_RDWR
        return flags | os.O_CREAT | os.O_APPEND
    if plus:
        return os.O_RDWR
    return flags


def create_file(path, mode='r', buffering=-1):
    try:
        return RFile(os.open(path, flags_of(mode), 0666))
    except OSError as e:
        raise IOError(e.errno, 'open failed')


def create_fdopen_rfile(fd, mode='r', buffering=-1):
    return RFile(fd)


STDIO = RFile(0), RFile(1), RFile(2)


def create_stdio():
    return STDIO


def create_popen_file(command, type):
    from rpython.rlib._popen import popen
    return popen(command, type)
