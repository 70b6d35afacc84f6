class Bag(object):
    def __init__(self):
        self.items = []

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]

    def __setitem__(self, i, x):
        self.items[i] = x

    def __contains__(self, x):
        return x in self.items

    def __iter__(self):
        return iter(self.items)


class Adder(object):
    def __init__(self, n):
        self.n = n

    def __call__(self, x):
        return self.n + x


def entry_point(argv):
    b = Bag()
    b.items.append(5)
    b.items.append(len(argv))
    b[0] = 7
    print len(b), b[0], 1 in b, 99 in b
    for x in b:
        print x,
    print
    return 0


def target(*args):
    return entry_point
