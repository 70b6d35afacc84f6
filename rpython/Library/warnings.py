# warnings, for modules while they are imported: they go where what modules print goes.


def warn(message, category=UserWarning, stacklevel=1):
    if isinstance(message, Warning):
        category = message.__class__
    print '%s: %s' % (category.__name__, message)


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    pass


def simplefilter(action, category=Warning, lineno=0, append=False):
    pass
