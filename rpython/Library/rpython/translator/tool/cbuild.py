# C sources of external functions: not used, since functions have bodies in RPython.


class ExternalCompilationInfo(object):
    def __init__(self, **kwds):
        pass

    def _freeze_(self):
        return True
