# The print statement: items of a line are collected and written together.
import _mu


class Line(object):
    def __init__(self):
        self.items = []

LINE = Line()


def print_item(s):
    items = LINE.items
    if len(items) > 0:
        items.append(' ')
    items.append(s)


def print_newline():
    items = LINE.items
    items.append('\n')
    LINE.items = []
    write_all(''.join(items))


def write_all(s):
    start = 0
    while start < len(s):
        n = _mu.write(1, s, start, len(s) - start)
        if n <= 0:
            break
        start += n


def print_text(s):
    # One piece of what the function print writes.
    LINE.items.append(s)


def print_pending():
    s = ''.join(LINE.items)
    LINE.items = []
    write_all(s)
