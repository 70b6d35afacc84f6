# Functions of os that go to C's library by declaration (rffi); os imports this where they are used.
from rpython.rtyper.lltypesystem import lltype, rffi

DIRENT_NAME = 19  # struct dirent of Linux on x64

c_opendir = rffi.llexternal('opendir', [rffi.CCHARP], rffi.VOIDP)
c_readdir = rffi.llexternal('readdir', [rffi.VOIDP], rffi.VOIDP)
c_closedir = rffi.llexternal('closedir', [rffi.VOIDP], rffi.INT)
c_link = rffi.llexternal('link', [rffi.CCHARP, rffi.CCHARP], rffi.INT)
c_symlink = rffi.llexternal('symlink', [rffi.CCHARP, rffi.CCHARP], rffi.INT)
c_fsync = rffi.llexternal('fsync', [rffi.INT], rffi.INT)
c_dup = rffi.llexternal('dup', [rffi.INT], rffi.INT)
c_dup2 = rffi.llexternal('dup2', [rffi.INT, rffi.INT], rffi.INT)
c_chdir = rffi.llexternal('chdir', [rffi.CCHARP], rffi.INT)
c_chmod = rffi.llexternal('chmod', [rffi.CCHARP, rffi.MODE_T], rffi.INT)
c_access = rffi.llexternal('access', [rffi.CCHARP, rffi.INT], rffi.INT)
c_kill = rffi.llexternal('kill', [rffi.PID_T, rffi.INT], rffi.INT)
c_getppid = rffi.llexternal('getppid', [], rffi.PID_T)
c_system = rffi.llexternal('system', [rffi.CCHARP], rffi.INT)
c_errno = rffi.llexternal('__errno_location', [], rffi.INTP)


def check(result, what):
    n = rffi.cast(lltype.Signed, result)
    if n < 0:
        raise OSError(rffi.cast(lltype.Signed, c_errno()[0]), what + ' failed')
    return n


def listdir(path):
    folder = c_opendir(path)
    if not folder:
        raise OSError(rffi.cast(lltype.Signed, c_errno()[0]), 'opendir failed')
    names = []
    while True:
        entry = c_readdir(folder)
        if not entry:
            break
        name = rffi.charp2str(rffi.ptradd(entry, DIRENT_NAME))
        if name != '.' and name != '..':
            names.append(name)
    c_closedir(folder)
    return names
