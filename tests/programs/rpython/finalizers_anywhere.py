# Finalizers run after collections that nobody asked for, where the program goes on making other objects.


class Log(object):
    count = 0

log = Log()


class Resource(object):
    def __init__(self, n):
        self.n = n

    def __del__(self):
        log.count += 1


class Cell(object):
    def __init__(self, n, next):
        self.n = n
        self.next = next


def use(n):
    for i in range(n):
        Resource(i)


def make_cells(n):
    # No Resource is made here any more.
    length = 0
    for i in range(n):
        cell = None
        for k in range(100):
            cell = Cell(k, cell)
        length += cell.n
        if log.count > 500:
            break
    return log.count


def make_lists(n, before):
    for i in range(n):
        l = [i] * 10
        l = [i, i + 1, i + 2, len(l)]
        if log.count > before + 500:
            break
    return log.count


def entry_point(argv):
    use(1000 * len(argv))
    print int(make_cells(1000000) > 500), int(log.count <= 1000)
    before = log.count
    use(1000)
    print int(make_lists(100000000, before) > before + 500), int(log.count <= 2000)
    return 0


def target(driver, args):
    return entry_point, None
