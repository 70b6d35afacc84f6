# rpython.annotator.model: names for declarations (rlib.signature). Annotation finds types itself.


class SomeObject(object):
    def __init__(self, *args, **kwds):
        pass


class SomeInteger(SomeObject):
    pass


class SomeBool(SomeObject):
    pass


class SomeFloat(SomeObject):
    pass


class SomeString(SomeObject):
    pass


class SomeChar(SomeObject):
    pass


class SomeUnicodeString(SomeObject):
    pass


class SomeList(SomeObject):
    pass


class SomeTuple(SomeObject):
    pass


class SomeDict(SomeObject):
    pass


class SomeInstance(SomeObject):
    pass


class SomePBC(SomeObject):
    pass

s_None = SomeObject()
s_ImpossibleValue = SomeObject()
