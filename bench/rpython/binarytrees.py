# Allocation: trees that live shortly, and one that lives long.
class Node(object):
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def count(self):
        if self.left is None:
            return 1
        return 1 + self.left.count() + self.right.count()


def tree(depth):
    if depth == 0:
        return Node(None, None)
    return Node(tree(depth - 1), tree(depth - 1))


def run(n):
    total = 0
    longest = tree(n)
    depth = 4
    while depth <= n:
        for i in range(1 << (n - depth + 4)):
            total += tree(depth).count()
        depth += 4
    return total + longest.count()


def entry_point(argv):
    n = 18
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
