# Formats of the module struct, looked at while modules are imported.
from rpython.rlib.rstruct.error import StructError

# Of each code: size, and for native formats size again (its alignment is the same).
STANDARD = {'x': 1, 'c': 1, 'b': 1, 'B': 1, '?': 1, 'h': 2, 'H': 2, 'i': 4, 'I': 4, 'l': 4, 'L': 4, 'q': 8, 'Q': 8, 'f': 4, 'd': 8, 's': 1, 'p': 1}
NATIVE = dict(STANDARD)
NATIVE.update({'l': 8, 'L': 8, 'P': 8})


class Item(object):
    def __init__(self, code, offset, size):
        self.code = code
        self.offset = offset
        self.size = size


def layout(fmt):
    """Whether numbers have their highest byte first, the items, and the size of all."""
    big = False
    sizes = NATIVE
    at = 0
    if fmt != '' and fmt[0] in '@=<>!':
        if fmt[0] != '@':
            sizes = STANDARD
        big = fmt[0] in '>!'
        at = 1
    items = []
    offset = 0
    while at < len(fmt):
        start = at
        while at < len(fmt) and fmt[at].isdigit():
            at += 1
        count = int(fmt[start:at]) if at > start else 1
        if at == len(fmt):
            raise StructError('repeat count given without format specifier')
        code = fmt[at]
        at += 1
        if code in ' \t\n':
            continue
        if code not in sizes:
            raise StructError('bad char in struct format')
        size = sizes[code]
        if sizes is NATIVE:
            offset = (offset + size - 1) // size * size
        if code in 'sp':
            items.append(Item(code, offset, count))
            offset += count
        else:
            for i in range(count):
                if code != 'x':
                    items.append(Item(code, offset, size))
                offset += size
    return big, items, offset
