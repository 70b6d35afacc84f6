# Attributes of OSError and IOError, however they are made.
import os
import errno


class MyError(OSError):
    pass

prebuilt = OSError(errno.EACCES, "no", "/prebuilt")


def fail(i):
    if i == 0:
        raise IOError(5, "text")
    elif i == 1:
        raise OSError(42, "?", None)
    elif i == 2:
        raise EnvironmentError(7, "why", "file")
    elif i == 3:
        raise OSError
    elif i == 4:
        raise MyError(9, "mine")
    elif i == 5:
        raise prebuilt
    os.open("/no/such/file", os.O_RDONLY, 0)


def entry_point(argv):
    for i in range(7):
        try:
            fail(i)
        except EnvironmentError, e:
            if i == 6:
                print int(e.errno == errno.ENOENT)
                continue
            if i == 3:
                print "no attributes", int(e.strerror is None), int(e.filename is None)
                continue
            print e.errno, e.strerror,
            if e.filename is None:
                print "-"
            else:
                print e.filename
    return 0


def target(*args):
    return entry_point
