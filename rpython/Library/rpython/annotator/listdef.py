# rpython.annotator.listdef


class ListDef(object):
    def __init__(self, bookkeeper, s_item=None, mutated=False, resized=False):
        pass
