# bytearray, as RPython has it.
TABLE = bytearray('prebuilt')
TABLE[0] = ord('P')


class Buffer(object):
    def __init__(self, text):
        self.data = bytearray(text)
        self.spare = None

    def swap(self):
        self.spare, self.data = self.data, bytearray('new')


def rot13(b):
    i = 0
    while i < len(b):
        c = b[i]
        if 97 <= c <= 122:
            b[i] = (c - 97 + 13) % 26 + 97
        i += 1


def pick(flag):
    if flag:
        return bytearray('yes')
    return None


def entry_point(argv):
    b = bytearray('hello' + str(len(argv)))
    print str(b), len(b), b[0], b[-1]
    b[0] = 72
    b[1] += 5
    print str(b)
    copy = bytearray(b)
    copy[2] = 0
    print len(str(copy)), ord(str(copy)[2]), str(b)
    rot13(b)
    print str(b)
    print str(b[1:3]), str(b[2:]), str(b[:2]), len(b[3:3])
    print str(b + 'tail'), str('head' + b), str(b + b), str('x' + bytearray('y')), str(bytearray('y') + 'x')
    try:
        print b[100]
    except IndexError:
        print 'no such byte'
    try:
        b[0] = 256
    except ValueError:
        print 'no byte'
    print str(TABLE), len(TABLE)
    TABLE[1] = 0x2d
    print str(TABLE)
    buffer = Buffer('abc')
    print buffer.spare is None
    buffer.swap()
    print str(buffer.spare), str(buffer.data), buffer.spare is buffer.data
    for flag in [True, False]:
        p = pick(flag)
        if p:
            print 'some', str(p)
        else:
            print 'none'
    if bytearray(''):
        print 'not empty'
    print bytearray('abc') == bytearray('abc'), isinstance(b, bytearray)
    total = 0
    for i in range(5):
        c = bytearray('f')
        c[0] = c[0] + 1
        total += c[0]
    print total
    print '%s and %d' % (str(bytearray('text')), len(bytearray('1')))
    return 0

if __name__ == '__main__':
    import sys
    sys.exit(entry_point(sys.argv))
