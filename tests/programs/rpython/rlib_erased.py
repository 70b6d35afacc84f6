from rpython.rlib.rerased import new_erasing_pair

erase_list, unerase_list = new_erasing_pair("list")
erase_str, unerase_str = new_erasing_pair("str")


class W(object):
    def __init__(self, kind, storage):
        self.kind = kind
        self.storage = storage


def show(w):
    if w.kind == 0:
        return str(len(unerase_list(w.storage)))
    return unerase_str(w.storage)


def entry_point(argv):
    ws = [W(0, erase_list([1, 2, len(argv)])), W(1, erase_str("text"))]
    for w in ws:
        print show(w)
    return 0


def target(*args):
    return entry_point
