# Comparisons across types that have nothing or little in common, and mixins marked as such.
class A(object):
    pass


class B(object):
    pass


class Mixin(object):
    _mixin_ = True

    def keep(self, v):
        self.kept = v
        return self.twice(v)

    def twice(self, v):
        return v + v


class Base(object):
    pass


class Numbers(Base, Mixin):
    pass


class Texts(Base, Mixin):
    pass


class MoreTexts(Texts):
    def twice(self, v):
        return v + "!"


def entry_point(argv):
    n = len(argv)
    a = A()
    b = B()
    print int(a == b), int(a != b), int(a is b), int(a is not b)
    d = {}
    for c in "hello":
        d[c] = n
    for key in ["h", "", "he", "l" * n]:
        print int(key in d),
    print
    print int(["7"] == [chr(54 + n)]), int([str(n)] == ["1"]), int([1.0] == [n]), int(["a"] is ["b" * n])
    print Numbers().keep(4), Texts().keep("ab"), MoreTexts().keep("c")
    return 0


def target(*args):
    return entry_point
