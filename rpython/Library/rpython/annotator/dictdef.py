# rpython.annotator.dictdef


class DictDef(object):
    def __init__(self, bookkeeper, s_key=None, s_value=None):
        pass
