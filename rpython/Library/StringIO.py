# StringIO


class StringIO(object):
    def __init__(self, buf=''):
        self.buf = buf
        self.pos = 0

    def read(self, n=-1):
        end = len(self.buf)
        if n >= 0 and self.pos + n < end:
            end = self.pos + n
        start = self.pos
        self.pos = end
        return self.buf[start:end]

    def readline(self):
        end = self.buf.find('\n', self.pos) + 1
        if end == 0:
            end = len(self.buf)
        start = self.pos
        self.pos = end
        return self.buf[start:end]

    def readlines(self):
        return [line for line in self]

    def __iter__(self):
        return self

    def next(self):
        line = self.readline()
        if line == '':
            raise StopIteration
        return line

    def write(self, s):
        self.buf = self.buf[0:self.pos] + s + self.buf[self.pos + len(s):]
        self.pos += len(s)

    def seek(self, pos):
        self.pos = pos

    def tell(self):
        return self.pos

    def getvalue(self):
        return self.buf

    def flush(self):
        pass

    def close(self):
        pass
