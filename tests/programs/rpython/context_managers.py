# with: what __exit__ is given, and that it runs however the block is left.


class Log(object):
    def __init__(self):
        self.lines = []

log = Log()


class Region(object):
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        log.lines.append("+" + self.name)
        return self

    def __exit__(self, type, value, traceback):
        if type is None:
            if value is not None or traceback is not None:
                log.lines.append("wrong")
            log.lines.append("-" + self.name)
        else:
            if value is None:
                log.lines.append("wrong")
            log.lines.append("!" + self.name)


def leave(i):
    for k in range(3):
        with Region("outer%d" % k) as region:
            with Region("inner"):
                if i == k:
                    return region.name
                if i == k + 3:
                    raise ValueError
                if i == k + 6:
                    break
                if i == k + 9:
                    continue
            log.lines.append("after")
    return "end"


def entry_point(argv):
    for i in range(len(argv) - 1, 12):
        try:
            result = leave(i)
        except ValueError:
            result = "error"
        print i, result, " ".join(log.lines)
        log.lines = []
    for code in [-1, 0x10ffff, 0x110000]:
        try:
            print ord(unichr(code * len(argv)))
        except (ValueError, OverflowError):
            print "no character"
    return 0


def target(*args):
    return entry_point
