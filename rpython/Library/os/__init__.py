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
pathsep = ':'
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


def remove(path):
    unlink(path)


def unlink(path):
    if _mu.unlink(path + '\x00') < 0:
        raise OSError(_mu.errno(), 'unlink failed')


def getenv(name, default=None):
    return environ.get(name, default)


def getcwd():
    n = 4096
    buffer = _mu.str_new('', n)
    n = _mu.getcwd(buffer)
    if n < 0:
        raise OSError(_mu.errno(), 'getcwd failed')
    return buffer[0:n]


def isatty(fd):
    return _mu.isatty(fd) == 1


def mkdir(path, mode=0777):
    if _mu.mkdir(path + '\x00', mode) < 0:
        raise OSError(_mu.errno(), 'mkdir failed')


def rmdir(path):
    if _mu.rmdir(path + '\x00') < 0:
        raise OSError(_mu.errno(), 'rmdir failed')


def rename(path, to):
    if _mu.rename(path + '\x00', to + '\x00') < 0:
        raise OSError(_mu.errno(), 'rename failed')


def strerror(code):
    return 'error %d' % code


def fdopen(fd, mode='r', buffering=-1):
    from rpython.rlib.rfile import RFile
    return RFile(fd)


def getpid():
    return _mu.getpid()


def _exit(code):
    _mu.exit(code)


import os.path
