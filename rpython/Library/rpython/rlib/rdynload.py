# rlib.rdynload: shared libraries opened at run time.
from rpython.rtyper.lltypesystem import lltype, rffi

RTLD_LAZY = 1
RTLD_NOW = 2
RTLD_NOLOAD = 4
RTLD_GLOBAL = 0x100
RTLD_LOCAL = 0

DLLHANDLE = rffi.VOIDP

c_dlopen = rffi.llexternal('dlopen', [rffi.CCHARP, rffi.INT], rffi.VOIDP)
c_dlclose = rffi.llexternal('dlclose', [rffi.VOIDP], rffi.INT)
c_dlerror = rffi.llexternal('dlerror', [], rffi.CCHARP)
c_dlsym = rffi.llexternal('dlsym', [rffi.VOIDP, rffi.CCHARP], rffi.VOIDP)


class DLOpenError(Exception):
    def __init__(self, msg):
        self.msg = msg

    def __str__(self):
        return self.msg


def dlerror():
    message = c_dlerror()
    if not message:
        return ''
    return rffi.charp2str(message)


def dlopen(name, mode=-1):
    if mode == -1:
        mode = RTLD_LOCAL | RTLD_LAZY
    elif mode & (RTLD_LAZY | RTLD_NOW) == 0:
        mode |= RTLD_LAZY
    # Nothing that might look for symbols itself must come between the error and asking for it.
    dlerror()
    path = rffi.str2charp(name)
    handle = c_dlopen(path, rffi.cast(rffi.INT, mode))
    if not handle:
        message = dlerror()
        rffi.free_charp(path)
        raise DLOpenError(message)
    rffi.free_charp(path)
    return handle


def dlclose(handle):
    return rffi.cast(lltype.Signed, c_dlclose(handle))


def dlsym(handle, name):
    address = c_dlsym(handle, name)
    if not address:
        raise KeyError(name)
    return address
