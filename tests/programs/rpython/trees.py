class Tree(object):
    def __init__(self, key):
        self.key = key
        self.left = None
        self.right = None


def insert(t, key):
    if t is None:
        return Tree(key)
    if key < t.key:
        t.left = insert(t.left, key)
    elif key > t.key:
        t.right = insert(t.right, key)
    return t


def walk(t, out):
    if t is not None:
        walk(t.left, out)
        out.append(t.key)
        walk(t.right, out)


def height(t):
    if t is None:
        return 0
    return 1 + max(height(t.left), height(t.right))


def entry_point(argv):
    t = None
    x = len(argv)
    for i in range(200):
        x = (x * 1103515245 + 12345) % 2147483648
        t = insert(t, x % 1000)
    out = []
    walk(t, out)
    print len(out), out[:5], out[-3:], height(t) > 5
    return 0


def target(*args):
    return entry_point
