# tempfile, for modules while they are imported.
import os
import _mu


def gettempdir():
    return os.environ.get('TMPDIR') or '/tmp'


def mkdtemp():
    return _mu.temporary_folder()


class NamedTemporaryFile(object):
    def __init__(self, mode='w+b', suffix='', prefix='tmp', dir=None, delete=True):
        self.name = os.path.join(dir or gettempdir(), prefix + _mu.random_name() + suffix)
        self.file = os.fdopen(os.open(self.name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0600), mode)
        self.delete = delete

    def write(self, text):
        self.file.write(text)

    def read(self):
        return self.file.read()

    def flush(self):
        self.file.flush()

    def close(self):
        self.file.close()
        if self.delete:
            os.unlink(self.name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, trace):
        self.close()
        return False
