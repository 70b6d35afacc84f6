# hashlib, for modules while they are imported.
import _mu


class _Hash(object):
    def __init__(self, name, text):
        self.name = name
        self.pieces = [text]

    def update(self, text):
        self.pieces.append(text)

    def hexdigest(self):
        return _mu.digest(self.name, ''.join(self.pieces))

    def digest(self):
        text = self.hexdigest()
        return ''.join([chr(int(text[i:i + 2], 16)) for i in range(0, len(text), 2)])


def new(name, text=''):
    return _Hash(name, text)


def md5(text=''):
    return _Hash('md5', text)


def sha1(text=''):
    return _Hash('sha1', text)


def sha256(text=''):
    return _Hash('sha256', text)


def sha512(text=''):
    return _Hash('sha512', text)
