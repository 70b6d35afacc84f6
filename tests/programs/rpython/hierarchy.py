class Node(object):
    _immutable_fields_ = ['children[*]']
    kind = 0
    def eval(self, env):
        raise NotImplementedError
    def __repr__(self):
        return "Node"
class Num(Node):
    kind = 1
    def __init__(self, n):
        self.n = n
    def eval(self, env):
        return self.n
class Var(Node):
    kind = 2
    def __init__(self, name):
        self.name = name
    def eval(self, env):
        return env.lookup(self.name)
class Bin(Node):
    def __init__(self, left, right):
        self.left = left
        self.right = right
    def eval(self, env):
        return self.op(self.left.eval(env), self.right.eval(env))
    def op(self, a, b):
        raise NotImplementedError
class Add(Bin):
    kind = 3
    def op(self, a, b):
        return a + b
class Mul(Bin):
    kind = 4
    def op(self, a, b):
        return a * b
class Unbound(Exception):
    def __init__(self, name):
        self.name = name
class Env(object):
    def __init__(self, outer=None):
        self.outer = outer
        self.names = {}
    def lookup(self, name):
        try:
            return self.names[name]
        except KeyError:
            if self.outer is None:
                raise Unbound(name)
            return self.outer.lookup(name)
CLASSES = [Num, Num]
def build(cls, n):
    return cls(n)
class Parser(object):
    def __init__(self, text):
        self.tokens = text.split(" ")
        self.pos = 0
    def parse(self):
        t = self.tokens[self.pos]
        self.pos += 1
        if t == "+" or t == "*":
            l = self.parse()
            r = self.parse()
            if t == "+":
                return Add(l, r)
            return Mul(l, r)
        if t[0].isdigit():
            return Num(int(t))
        return Var(t)
def entry_point(argv):
    e = Env()
    e.names["x"] = 6
    inner = Env(e)
    inner.names["y"] = 7
    for src in ["+ 1 2", "* x y", "+ * 2 3 * x z", "* + 1 1 + 2 2"]:
        node = Parser(src).parse()
        try:
            print src, "=", node.eval(inner), node.kind
        except Unbound as u:
            print "unbound", u.name
    n = build(CLASSES[1], 5)
    print n.n
    k = {}
    for c in [Add(n, n), Mul(n, n), n]:
        k[c] = c.kind
        if isinstance(c, Add):
            print "is Add"
    print len(k)
    return 0
