# appdirs, for modules while they are imported: where files of an application belong, by the XDG base directory specification.
import os


class AppDirs(object):
    def __init__(self, appname=None, appauthor=None, version=None, roaming=False, multipath=False):
        self.appname = appname
        self.version = version

    def _folder(self, variable, otherwise):
        path = os.environ.get(variable) or os.path.join(os.environ.get('HOME', '/'), otherwise)
        if self.appname:
            path = os.path.join(path, self.appname)
            if self.version:
                path = os.path.join(path, self.version)
        return path

    @property
    def user_cache_dir(self):
        return self._folder('XDG_CACHE_HOME', '.cache')

    @property
    def user_config_dir(self):
        return self._folder('XDG_CONFIG_HOME', '.config')

    @property
    def user_data_dir(self):
        return self._folder('XDG_DATA_HOME', '.local/share')
