# Weak references: to live objects, to dead ones, made at import; dicts that do not keep what they hold.
import weakref
import gc
from rpython.rlib.rweakref import RWeakValueDictionary, RWeakKeyDictionary, dead_ref
from rpython.rlib.objectmodel import keepalive_until_here


class Node(object):
    def __init__(self, n):
        self.n = n


class Special(Node):
    pass


class Holder(object):
    link = None

kept = Special(7)
prebuilt = weakref.ref(kept)
values = RWeakValueDictionary(str, Node)
numbers = RWeakValueDictionary(int, Node)
keys = RWeakKeyDictionary(Node, Holder)


def show(reference):
    x = reference()
    if x is None:
        return "dead"
    return str(x.n)


def until_the_end(n):
    # What is kept alive by nothing but keepalive_until_here at the end.
    kept_nodes = []
    references = []
    for i in range(100):
        node = Node(i + n)
        references.append(weakref.ref(node))
        if i % 7 == 6:
            kept_nodes.append(node)
    gc.collect()
    lost = 0
    for i in range(100):
        if i % 7 == 6 and references[i]() is None:
            lost += 1
    keepalive_until_here(kept_nodes)
    return lost


def fill(n):
    references = []
    for i in range(20):
        references.append(weakref.ref(Node(i + n)))
    values.set("lost", Node(n))
    keys.set(Node(n), Holder())
    return references


def work(depth):
    # Leaves nothing of earlier calls on the stack.
    if depth == 0:
        return 0
    return len([depth] * depth) + work(depth - 1)


def entry_point(argv):
    n = len(argv)
    node = Node(n)
    special = Special(n + 1)
    first = weakref.ref(node)
    second = weakref.ref(special)
    holder = Holder()
    print show(first), show(second), show(prebuilt), int(holder.link is None)
    holder.link = first
    if n == 1:
        holder.link = second
    print show(holder.link), int(second() is special)
    references = fill(n)
    values.set("kept", node)
    numbers.set(n, special)
    keys.set(node, holder)
    work(50)
    gc.collect()
    gc.collect()
    dead = 0
    for r in references:
        if r() is None:
            dead += 1
    print int(dead > 15), show(first), show(second), show(prebuilt)
    print int(values.get("kept") is node), int(values.get("lost") is None), int(values.get("never") is None)
    print int(numbers.get(n) is special), int(numbers.get(n + 1) is None)
    print int(keys.get(node) is holder), int(keys.get(special) is None), keys.length()
    print until_the_end(n)
    values.set("kept", None)
    keys.set(node, None)
    print int(values.get("kept") is None), int(keys.get(node) is None)
    if dead_ref() is None:
        print "dead"
    keepalive_until_here(node)
    keepalive_until_here(special)
    return 0


def target(*args):
    return entry_point
