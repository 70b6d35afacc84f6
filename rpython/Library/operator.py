# The operators as functions.


def _by_type(f):
    f._annspecialcase_ = 'specialize:argtype(0,1)'
    return f


@_by_type
def add(a, b):
    return a + b


concat = add


@_by_type
def sub(a, b):
    return a - b


@_by_type
def mul(a, b):
    return a * b


@_by_type
def div(a, b):
    return a / b


@_by_type
def floordiv(a, b):
    return a // b


@_by_type
def truediv(a, b):
    return float(a) / float(b)


@_by_type
def mod(a, b):
    return a % b


@_by_type
def and_(a, b):
    return a & b


@_by_type
def or_(a, b):
    return a | b


@_by_type
def xor(a, b):
    return a ^ b


@_by_type
def lshift(a, b):
    return a << b


@_by_type
def rshift(a, b):
    return a >> b


@_by_type
def lt(a, b):
    return a < b


@_by_type
def le(a, b):
    return a <= b


@_by_type
def eq(a, b):
    return a == b


@_by_type
def ne(a, b):
    return a != b


@_by_type
def ge(a, b):
    return a >= b


@_by_type
def gt(a, b):
    return a > b


@_by_type
def is_(a, b):
    return a is b


@_by_type
def is_not(a, b):
    return a is not b


@_by_type
def contains(a, b):
    return b in a


@_by_type
def getitem(a, b):
    return a[b]


@_by_type
def delitem(a, b):
    del a[b]


def setitem(a, b, c):
    a[b] = c

setitem._annspecialcase_ = 'specialize:argtype(0,1,2)'


def _by_one(f):
    f._annspecialcase_ = 'specialize:argtype(0)'
    return f


@_by_one
def neg(a):
    return -a


@_by_one
def pos(a):
    return +a


@_by_one
def invert(a):
    return ~a

inv = invert


@_by_one
def not_(a):
    return not a


@_by_one
def truth(a):
    return bool(a)


abs = abs


def itemgetter(*names):
    def get(x):
        if len(names) == 1:
            return x[names[0]]
        return tuple([x[name] for name in names])
    return get


def attrgetter(name):
    def get(x):
        for part in name.split('.'):
            x = getattr(x, part)
        return x
    return get
