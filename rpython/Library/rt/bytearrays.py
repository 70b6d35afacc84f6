# The built-in type bytearray, as RPython has it: of fixed length, made of a str or another, indexed, sliced, added to its like and to strings. What str and bool make of one is below.


def shape(f):
    f._annspecialcase_ = 'specialize:shape'
    return f


class bytearray(object):
    @shape
    def __init__(self, source=''):
        self.chars = chars_of(source)

    def __len__(self):
        return len(self.chars)

    def __getitem__(self, i):
        return ord(self.chars[i])

    def __setitem__(self, i, value):
        self.chars[i] = chr(value)

    @shape
    def __getslice__(self, start, stop):
        if start is None:
            start = 0
        if stop is None:
            stop = len(self.chars)
        return bytearray(''.join(self.chars[start:stop]))

    # While modules are imported; compiled code calls the functions below.
    def __add__(self, other):
        return concat(self, other)

    def __radd__(self, other):
        return concat(other, self)

    def __eq__(self, other):
        return self.chars == other.chars

    def __ne__(self, other):
        return self.chars != other.chars

    def __str__(self):
        return text_of(self)


@shape
def chars_of(source):
    if isinstance(source, bytearray):
        return source.chars[:]
    return [c for c in str(source)]


@shape
def concat(a, b):
    result = bytearray('')
    result.chars = chars_of(a) + chars_of(b)
    return result


def text_of(b):
    if b is None:
        return 'None'
    return ''.join(b.chars)


def is_true(b):
    return b is not None and len(b.chars) > 0
