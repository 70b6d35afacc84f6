# rpython.translator.driver: what target(driver, args) gets. Settings of RPython's translator are taken and mean nothing.


class _Config(object):
    def __getattr__(self, name):
        return _Config()

    def __call__(self, *args, **kwds):
        return _Config()

    def __nonzero__(self):
        return False


class TranslationDriver(object):
    def __init__(self):
        self.config = _Config()
        self.exe_name = 'program'
