# os.path
import os
import _mu


def exists(p):
    return _mu.is_folder(p + '\x00') >= 0


def isfile(p):
    return _mu.is_folder(p + '\x00') == 0


def isdir(p):
    return _mu.is_folder(p + '\x00') == 1


def isabs(p):
    return p.startswith('/')


def join(a, *names):
    path = a
    for b in names:
        if b.startswith('/') or len(path) == 0:
            path = b
        elif path.endswith('/'):
            path = path + b
        else:
            path = path + '/' + b
    return path


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
    if not p.startswith('/'):
        p = join(os.getcwd(), p)
    return normpath(p)


def normpath(p):
    slashes = ''
    if p.startswith('/'):
        slashes = '/'
        if p.startswith('//') and not p.startswith('///'):
            slashes = '//'
    parts = []
    for part in p.split('/'):
        if part == '' or part == '.':
            continue
        if part != '..' or (slashes == '' and len(parts) == 0) or (len(parts) > 0 and parts[len(parts) - 1] == '..'):
            parts.append(part)
        elif len(parts) > 0:
            parts.pop()
    result = slashes + '/'.join(parts)
    if result == '':
        return '.'
    return result


def splitext(p):
    at = p.rfind('.')
    if at <= p.rfind('/') + 1:
        return p, ''
    return p[0:at], p[at:]


def realpath(p):
    # Links are not followed.
    return abspath(p)
