# A folder for files that modules make while they are imported.
import _mu


class _File(object):
    def __init__(self, path):
        self.path = path

    def join(self, *names):
        return _File('/'.join([self.path] + list(names)))

    def write(self, text, mode='w'):
        _mu.write_file(self.path, text)

    def check(self):
        return _mu.path_exists(self.path)

    def __str__(self):
        return self.path

udir = _File(_mu.temporary_folder())
