# rlib.nonconst: a constant that the compiler does not see through.


class _Box(object):
    def __init__(self, value):
        self.value = value


def NonConstant(value):
    return [value][0]

NonConstant._annspecialcase_ = 'specialize:argtype(0)'
