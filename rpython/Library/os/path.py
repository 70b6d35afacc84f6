# os.path
import _mu


def exists(p):
    fd = _mu.open(p + '\x00', 0, 0)
    if fd < 0:
        return False
    _mu.close(fd)
    return True


def isfile(p):
    return exists(p)


def join(a, b):
    if b.startswith('/') or len(a) == 0:
        return b
    if a.endswith('/'):
        return a + b
    return a + '/' + b


def basename(p):
    return p[p.rfind('/') + 1:]


def dirname(p):
    at = p.rfind('/')
    if at < 0:
        return ''
    if at == 0:
        return '/'
    return p[0:at]


def split(p):
    return dirname(p), basename(p)


def abspath(p):
    return p


def normpath(p):
    return p


def splitext(p):
    at = p.rfind('.')
    if at <= p.rfind('/') + 1:
        return p, ''
    return p[0:at], p[at:]


def realpath(p):
    return p
