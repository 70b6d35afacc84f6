# The part of os that RPython programs use.
import _mu

O_RDONLY = 0
O_WRONLY = 1
O_RDWR = 2
O_CREAT = 64
O_EXCL = 128
O_TRUNC = 512
O_APPEND = 1024
O_NOCTTY = 256
O_NONBLOCK = O_NDELAY = 2048
O_DSYNC = 4096
O_ASYNC = 8192
O_DIRECT = 16384
O_LARGEFILE = 0
O_DIRECTORY = 65536
O_NOFOLLOW = 131072
O_NOATIME = 262144
O_CLOEXEC = 524288
O_SYNC = O_RSYNC = 1052672
F_OK = 0
X_OK = 1
W_OK = 2
R_OK = 4
SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2
name = 'posix'
linesep = '\n'
pathsep = ':'
sep = '/'
altsep = None
curdir = '.'
pardir = '..'
extsep = '.'
devnull = '/dev/null'


class _Environment(object):
    # Read when it is first asked for: a saved program has that of each run, and modules that are imported that of the compilation.
    def __init__(self):
        self.known = None

    def _all(self):
        values = self.known
        if values is None:
            values = {}
            for entry in _mu.environment().split('\x00'):
                at = entry.find('=')
                if at > 0:
                    values[entry[:at]] = entry[at + 1:]
            if _mu.we_are_translated():
                self.known = values
        return values

    def get(self, name, default=None):
        return self._all().get(name, default)

    def __getitem__(self, name):
        return self._all()[name]

    def __setitem__(self, name, value):
        self._all()[name] = value

    def __contains__(self, name):
        return name in self._all()

    def has_key(self, name):
        return name in self._all()

    def __len__(self):
        return len(self._all())

    def keys(self):
        return self._all().keys()

    def values(self):
        return self._all().values()

    def items(self):
        return self._all().items()

environ = _Environment()


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
    if n == count and _mu.we_are_translated():
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


def makedirs(path, mode=0777):
    above = os.path.dirname(path)
    if above != '' and not os.path.exists(above):
        makedirs(above, mode)
    mkdir(path, mode)


def rmdir(path):
    if _mu.rmdir(path + '\x00') < 0:
        raise OSError(_mu.errno(), 'rmdir failed')


def rename(path, to):
    if _mu.rename(path + '\x00', to + '\x00') < 0:
        raise OSError(_mu.errno(), 'rename failed')


class stat_result(object):
    # Of Linux on x64: struct stat, by its offsets.
    def __init__(self, buffer):
        self.st_dev = _word(buffer, 0, 8)
        self.st_ino = _word(buffer, 8, 8)
        self.st_nlink = _word(buffer, 16, 8)
        self.st_mode = _word(buffer, 24, 4)
        self.st_uid = _word(buffer, 28, 4)
        self.st_gid = _word(buffer, 32, 4)
        self.st_rdev = _word(buffer, 40, 8)
        self.st_blksize = _word(buffer, 56, 8)
        self.st_blocks = _word(buffer, 64, 8)
        self.st_size = _word(buffer, 48, 8)
        self.st_atime = _word(buffer, 72, 8) + _word(buffer, 80, 8) * 1e-9
        self.st_mtime = _word(buffer, 88, 8) + _word(buffer, 96, 8) * 1e-9
        self.st_ctime = _word(buffer, 104, 8) + _word(buffer, 112, 8) * 1e-9


def _word(buffer, at, count):
    value = 0
    while count > 0:
        count -= 1
        value = value << 8 | ord(buffer[at + count])
    return value


def _status(path, fd):
    buffer = _mu.str_new('', 144)
    if _mu.status(path + '\x00', fd, buffer) < 0:
        raise OSError(_mu.errno(), 'stat failed')
    return stat_result(buffer)


def fstat(fd):
    if fd < 0:
        raise OSError(9, 'fstat failed')
    return _status('', fd)


def stat(path):
    return _status(path, -1)


def lstat(path):
    return _status(path, -2)


def strerror(code):
    return 'error %d' % code


def fdopen(fd, mode='r', buffering=-1):
    from rpython.rlib.rfile import RFile
    return RFile(fd)


def getpid():
    return _mu.getpid()


def getuid():
    return _mu.getuid()


def listdir(path):
    if not _mu.we_are_translated():
        return _mu.list_folder(path)
    from rpython.rlib._posix import listdir
    return listdir(path)


def link(path, to):
    from rpython.rlib._posix import c_link, check
    check(c_link(path, to), 'link')


def symlink(path, to):
    from rpython.rlib._posix import c_symlink, check
    check(c_symlink(path, to), 'symlink')


def fsync(fd):
    from rpython.rlib._posix import c_fsync, check
    from rpython.rtyper.lltypesystem import rffi
    check(c_fsync(rffi.cast(rffi.INT, fd)), 'fsync')


def dup(fd):
    from rpython.rlib._posix import c_dup, check
    from rpython.rtyper.lltypesystem import rffi
    return check(c_dup(rffi.cast(rffi.INT, fd)), 'dup')


def dup2(fd, to):
    from rpython.rlib._posix import c_dup2, check
    from rpython.rtyper.lltypesystem import rffi
    check(c_dup2(rffi.cast(rffi.INT, fd), rffi.cast(rffi.INT, to)), 'dup2')


def chdir(path):
    from rpython.rlib._posix import c_chdir, check
    check(c_chdir(path), 'chdir')


def chmod(path, mode):
    from rpython.rlib._posix import c_chmod, check
    from rpython.rtyper.lltypesystem import rffi
    check(c_chmod(path, rffi.cast(rffi.MODE_T, mode)), 'chmod')


def access(path, mode):
    from rpython.rlib._posix import c_access
    from rpython.rtyper.lltypesystem import lltype, rffi
    return rffi.cast(lltype.Signed, c_access(path, rffi.cast(rffi.INT, mode))) == 0


def kill(pid, signal):
    from rpython.rlib._posix import c_kill, check
    from rpython.rtyper.lltypesystem import rffi
    check(c_kill(rffi.cast(rffi.PID_T, pid), rffi.cast(rffi.INT, signal)), 'kill')


def getppid():
    from rpython.rlib._posix import c_getppid
    from rpython.rtyper.lltypesystem import lltype, rffi
    return rffi.cast(lltype.Signed, c_getppid())


def system(command):
    from rpython.rlib._posix import c_system, check
    return check(c_system(command), 'system')


def uname():
    # While modules are imported.
    return _mu.system_names()


def _exit(code):
    _mu.exit(code)


import os.path
