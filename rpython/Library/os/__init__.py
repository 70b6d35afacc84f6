# The part of os that RPython programs use.
import _mu

O_RDONLY = 0
O_WRONLY = 1
O_RDWR = 2
O_CREAT = 64
O_EXCL = 128
O_TRUNC = 512
O_APPEND = 1024
SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2
name = 'posix'
linesep = '\n'
sep = '/'
environ = _mu.environ


def open(path, flags, mode=0777):
    fd = _mu.open(path + '\x00', flags, mode)
    if fd < 0:
        raise OSError(_mu.errno(), 'open failed')
    return fd


def close(fd):
    if _mu.close(fd) < 0:
        raise OSError(_mu.errno(), 'close failed')


def read(fd, count):
    buffer = _mu.str_new('', count)
    n = _mu.read(fd, buffer)
    if n < 0:
        raise OSError(_mu.errno(), 'read failed')
    if n == count:
        return buffer
    return buffer[0:n]


def write(fd, data):
    data = _mu.text(data)
    n = _mu.write(fd, data, 0, len(data))
    if n < 0:
        raise OSError(_mu.errno(), 'write failed')
    return n


def lseek(fd, offset, how):
    n = _mu.lseek(fd, offset, how)
    if n < 0:
        raise OSError(_mu.errno(), 'lseek failed')
    return n


def unlink(path):
    if _mu.unlink(path + '\x00') < 0:
        raise OSError(_mu.errno(), 'unlink failed')


def getpid():
    return _mu.getpid()


def _exit(code):
    _mu.exit(code)


import os.path
