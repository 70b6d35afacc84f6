# rlib.cache: what is built once for each key, while a program is compiled.


class Cache(object):
    def __init__(self):
        self.content = {}
        self._building = {}

    def getorbuild(self, key):
        if key in self.content:
            return self.content[key]
        if key in self._building:
            raise Exception('%s recursive building of %r' % (self, key))
        self._building[key] = True
        try:
            result = self._build(key)
            self.content[key] = result
        finally:
            del self._building[key]
        self._ready(result)
        return result

    getorbuild._annspecialcase_ = 'specialize:memo'

    def _ready(self, result):
        pass

    def _freeze_(self):
        return True
