class Lock(object):
    def __init__(self):
        self.log = []

    def __enter__(self):
        self.log.append("enter")
        return self

    def __exit__(self, a, b, c):
        self.log.append("exit")


def entry_point(argv):
    l = Lock()
    with l:
        l.log.append("inside")
    try:
        with l as m:
            m.log.append("again")
            raise ValueError
    except ValueError:
        l.log.append("handled")
    print l.log
    return 0


def target(*args):
    return entry_point
