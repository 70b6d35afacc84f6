# rlib.rpath: paths of POSIX.
import os

sep = '/'


def risabs(s):
    return s.startswith('/')


def risdir(s):
    return os.path.isdir(s)


def rexists(s):
    return os.path.exists(s)


def rnormpath(path):
    return os.path.normpath(path)


def rabspath(path):
    return os.path.abspath(path)


def rjoin(a, b):
    return os.path.join(a, b)


def rbasename(p):
    return os.path.basename(p)


def rdirname(p):
    return os.path.dirname(p)


def rsplitext(p):
    return os.path.splitext(p)
