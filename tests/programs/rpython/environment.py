# The environment is that of the run. PATH is always there.
import os
AT_IMPORT = os.environ.get('PATH', '')


def entry_point(argv):
    print len(AT_IMPORT) > 0, os.environ.get('PATH', '') == AT_IMPORT
    print os.environ.get('MURPY_NO_SUCH_VARIABLE', 'none'), 'MURPY_NO_SUCH_VARIABLE' in os.environ, os.environ.has_key('PATH')
    try:
        print os.environ['MURPY_NO_SUCH_VARIABLE']
    except KeyError:
        print 'KeyError'
    os.environ['MURPY_NO_SUCH_VARIABLE'] = 'now there is'
    print os.getenv('MURPY_NO_SUCH_VARIABLE'), len(os.environ.keys()) == len(os.environ)
    status = os.stat('environment.py')
    print status.st_size > 500, status.st_mode & 0170000 == 0100000
    try:
        os.stat('no such file')
    except OSError as e:
        print e.errno
    return 0


def target(*args):
    return entry_point, None
