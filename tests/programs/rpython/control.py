def find(l, x):
    for i in range(len(l)):
        if l[i] == x:
            return i
    else:
        return -1
def nested(n):
    out = []
    for i in range(n):
        if i == 2:
            continue
        try:
            if i == 4:
                break
            out.append(i)
        finally:
            out.append(100 + i)
    return out
def early(n):
    try:
        if n > 0:
            return "positive"
        return "other"
    finally:
        print "leaving", n
class Ctx(object):
    def __enter__(self):
        print "enter"
        return self
    def __exit__(self, a, b, c):
        print "exit"
def cond(a, b, c):
    return a < b < c
def logic(a, b):
    return (a or b), (a and b)
def ternary(n):
    return "big" if n > 10 else "small"
def multi(x):
    if x in (1, 3, 5):
        return "odd"
    elif x in (2, 4):
        return "even"
    return "?"
def down(n):
    total = 0
    for i in range(n, 0, -2):
        total += i
    while True:
        total -= 1
        if total % 5 == 0:
            break
    return total
class Iter(object):
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def next(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n
def reraise(n):
    try:
        try:
            return 10 // n
        except ZeroDivisionError:
            print "inner"
            raise
    except ZeroDivisionError:
        print "outer"
    return -1
def entry_point(argv):
    print find([1, 2, 3], 2), find([1], 9)
    for x in nested(6):
        print x,
    print
    print early(1), early(0)
    with Ctx() as c:
        print "body"
    try:
        with Ctx():
            raise ValueError
    except ValueError:
        print "caught"
    print "%d %d" % (cond(1, 2, 3), cond(1, 3, 2))
    a, b = logic(0, 5)
    print a, b
    print ternary(5), ternary(50)
    print multi(1), multi(4), multi(9)
    print down(9)
    for x in Iter(3):
        print x,
    print
    print reraise(5), reraise(0)
    for a, b in [(1, "x"), (2, "y")]:
        print a, b
    d = {"k": [1, 2]}
    d["k"].append(3)
    print len(d["k"]), sum([1, 2, 3])
    i = 10
    i -= 3; i *= 2; i //= 3
    return 0
