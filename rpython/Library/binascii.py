# binascii


def hexlify(data):
    return ''.join(['0123456789abcdef'[ord(c) >> 4] + '0123456789abcdef'[ord(c) & 15] for c in data])


def unhexlify(text):
    return ''.join([chr(int(text[i:i + 2], 16)) for i in range(0, len(text), 2)])
