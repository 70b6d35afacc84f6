# The names of classes that are values are part of what str gives.


class Alpha(object):
    pass


class Beta(Alpha):
    pass


def made(i):
    if i > 1:
        return Alpha()
    return Beta()


def kind(i):
    return str(type(made(i)))


def name(i):
    return str(made(i).__class__)


def chosen(i):
    cls = Alpha
    if i > 1:
        cls = Beta
    return str(cls), "%s" % (cls.__name__,)


def entry_point(argv):
    for i in range(len(argv), 3):
        print int("Alpha" in kind(i)), int("Beta" in name(i)), int("Beta" in chosen(i)[0]), chosen(i)[1]
    return 0


def target(driver, args):
    return entry_point, None
