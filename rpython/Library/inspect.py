# inspect, for modules while they are imported.


def isclass(x):
    return isinstance(x, type)


def isfunction(x):
    return callable(x) and not isclass(x)


def getmembers(x):
    return [(name, getattr(x, name)) for name in dir(x)]
