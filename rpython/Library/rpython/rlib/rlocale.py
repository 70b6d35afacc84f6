# rlib.rlocale: categories are those of Linux.
from rpython.rtyper.lltypesystem import lltype, rffi


class cConfig(object):
    LC_CTYPE = 0
    LC_NUMERIC = 1
    LC_TIME = 2
    LC_COLLATE = 3
    LC_MONETARY = 4
    LC_MESSAGES = 5
    LC_ALL = 6

LC_CTYPE = cConfig.LC_CTYPE
LC_NUMERIC = cConfig.LC_NUMERIC
LC_TIME = cConfig.LC_TIME
LC_COLLATE = cConfig.LC_COLLATE
LC_MONETARY = cConfig.LC_MONETARY
LC_MESSAGES = cConfig.LC_MESSAGES
LC_ALL = cConfig.LC_ALL

c_setlocale = rffi.llexternal('setlocale', [rffi.INT, rffi.CCHARP], rffi.CCHARP)
c_isalpha = rffi.llexternal('isalpha', [rffi.INT], rffi.INT)
c_isupper = rffi.llexternal('isupper', [rffi.INT], rffi.INT)
c_islower = rffi.llexternal('islower', [rffi.INT], rffi.INT)
c_isalnum = rffi.llexternal('isalnum', [rffi.INT], rffi.INT)
c_toupper = rffi.llexternal('toupper', [rffi.INT], rffi.INT)
c_tolower = rffi.llexternal('tolower', [rffi.INT], rffi.INT)


class LocaleError(Exception):
    def __init__(self, message):
        self.message = message


def setlocale(category, locale):
    if category < LC_CTYPE or category > LC_ALL:
        raise LocaleError('invalid locale category')
    result = c_setlocale(rffi.cast(rffi.INT, category), locale)
    if not result:
        raise LocaleError('unsupported locale setting')
    return rffi.charp2str(result)


def isalpha(c):
    return bool(rffi.cast(lltype.Signed, c_isalpha(rffi.cast(rffi.INT, c))))


def isupper(c):
    return bool(rffi.cast(lltype.Signed, c_isupper(rffi.cast(rffi.INT, c))))


def islower(c):
    return bool(rffi.cast(lltype.Signed, c_islower(rffi.cast(rffi.INT, c))))


def isalnum(c):
    return bool(rffi.cast(lltype.Signed, c_isalnum(rffi.cast(rffi.INT, c))))


def toupper(c):
    return rffi.cast(lltype.Signed, c_toupper(rffi.cast(rffi.INT, c)))


def tolower(c):
    return rffi.cast(lltype.Signed, c_tolower(rffi.cast(rffi.INT, c)))
