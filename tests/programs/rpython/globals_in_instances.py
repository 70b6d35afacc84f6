class State(object):
    def __init__(self):
        self.depth = 0
        self.deepest = 0

STATE = State()


def descend(n):
    STATE.depth += 1
    if STATE.depth > STATE.deepest:
        STATE.deepest = STATE.depth
    if n > 0:
        descend(n - 1)
    STATE.depth -= 1


def entry_point(argv):
    descend(100 * len(argv))
    print STATE.depth, STATE.deepest
    return 0


def target(*args):
    return entry_point
