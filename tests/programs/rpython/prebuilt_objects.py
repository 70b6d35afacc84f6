class Config(object):
    def __init__(self):
        self.names = ["a", "b"]
        self.table = {"x": 1, "y": 2}
        self.parent = None
        self.count = 0

DEFAULT = Config()
CHILD = Config()
CHILD.parent = DEFAULT
CHILD.names.append("c")
NUMBERS = [i * i for i in range(10)]
WORDS = dict([(w, len(w)) for w in "the quick brown fox".split()])
PAIR = (1, "one")
for _i in range(3):
    NUMBERS.append(_i)


def entry_point(argv):
    DEFAULT.count += len(argv)
    CHILD.table["z"] = 3
    print DEFAULT.count, CHILD.parent.count, len(CHILD.table), len(DEFAULT.table), CHILD.names
    print NUMBERS[9], NUMBERS[-1], len(NUMBERS), WORDS["quick"], PAIR[1]
    NUMBERS[0] = 99
    print NUMBERS[0], sum(NUMBERS)
    return 0


def target(*args):
    return entry_point
