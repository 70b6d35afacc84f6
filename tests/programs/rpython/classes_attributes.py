class Node(object):
    next = None
    count = 0

    def __init__(self, value):
        self.value = value


class Named(Node):
    pass


def entry_point(argv):
    head = None
    for i in range(3 + len(argv)):
        n = Node(i)
        n.next = head
        head = n
    total = 0
    while head is not None:
        total = total * 10 + head.value
        head = head.next
    print total
    a = Named(5)
    a.count += 2
    print a.count, Node(1).count, Named.count
    return 0


def target(*args):
    return entry_point
