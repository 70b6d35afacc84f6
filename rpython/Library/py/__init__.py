# The part of the package py that programs touch while they are imported.
import os as _os


class _Local(object):
    """A path of the file system."""

    def __init__(self, path='.'):
        self.strpath = _os.path.abspath(str(path))

    def __str__(self):
        return self.strpath

    def __repr__(self):
        return 'local(%r)' % self.strpath

    def __eq__(self, other):
        return str(self) == str(other)

    def __div__(self, name):
        return self.join(name)

    def __add__(self, text):
        return _Local(self.strpath + text)

    @property
    def basename(self):
        return _os.path.basename(self.strpath)

    @property
    def dirname(self):
        return _os.path.dirname(self.strpath)

    @property
    def purebasename(self):
        return _os.path.splitext(self.basename)[0]

    @property
    def ext(self):
        return _os.path.splitext(self.basename)[1]

    def join(self, *names):
        path = self.strpath
        for name in names:
            path = _os.path.join(path, str(name))
        return _Local(path)

    def dirpath(self, *names):
        return _Local(self.dirname).join(*names)

    def new(self, basename):
        return self.dirpath(basename)

    def check(self, dir=False, file=False):
        if dir:
            return _os.path.isdir(self.strpath)
        if file:
            return _os.path.isfile(self.strpath)
        return _os.path.exists(self.strpath)

    def exists(self):
        return self.check()

    def ensure(self, *names, **kinds):
        path = self.join(*names)
        if kinds.get('dir'):
            if not path.check():
                _os.makedirs(path.strpath)
        elif not path.check():
            path.write('')
        return path

    def read(self, mode='r'):
        with open(self.strpath, mode) as f:
            return f.read()

    def readlines(self, cr=1):
        lines = self.read().splitlines()
        return [line + '\n' for line in lines] if cr else lines

    def write(self, text, mode='w'):
        with open(self.strpath, mode) as f:
            f.write(text)

    read_binary = read
    write_binary = write


class _Path(object):
    local = _Local

path = _Path()


class _Source(object):
    """Source text made of parts, without what all of its lines are indented by."""

    def __init__(self, *parts):
        from textwrap import dedent
        self.text = '\n'.join([dedent(str(part)) for part in parts])

    def __str__(self):
        return self.text

    @property
    def lines(self):
        return self.text.split('\n')

    def strip(self):
        return _Source(self.text.strip('\n'))

    def indent(self, indent='    '):
        source = _Source()
        source.text = '\n'.join([indent + line for line in self.lines])
        return source

    def putaround(self, before='', after='', indent='    '):
        source = _Source()
        source.text = '\n'.join([str(_Source(before)), self.indent(indent).text, str(_Source(after))])
        return source

    def compile(self, filename=None, mode='exec'):
        # What exec takes.
        return self.text + '\n'


class _Code(object):
    Source = _Source

code = _Code()
