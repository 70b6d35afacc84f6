# Functions as function pointers, and strings as the heap has them.
import _mu


def llhelper(F, f):
    return _mu.raw_function(F, f)

llhelper._annspecialcase_ = 'specialize:arg(0,1)'


def hlstr(s):
    return s


def llstr(s):
    return s
