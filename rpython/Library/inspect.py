# inspect, for modules while they are imported.


def isclass(x):
    return isinstance(x, type)


def isfunction(x):
    return callable(x) and not isclass(x)


def ismodule(x):
    return type(x) is type(inspect)


def getmembers(x, predicate=None):
    members = [(name, getattr(x, name)) for name in dir(x)]
    return [m for m in members if predicate is None or predicate(m[1])]


import inspect


def currentframe():
    import _mu
    return _mu.frame(1)
