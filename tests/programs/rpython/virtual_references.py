# rlib.jit's virtual references: calling one gives the object.
from rpython.rlib.jit import InvalidVirtualRef, non_virtual_ref, virtual_ref, virtual_ref_finish


class Frame(object):
    def __init__(self, n):
        self.n = n


class Inner(Frame):
    pass


def make(n):
    if n > 1:
        return virtual_ref(Frame(n))
    return non_virtual_ref(Inner(-n))


def value(n):
    ref = make(n)
    try:
        return ref().n
    except InvalidVirtualRef:
        return 0


def finished(n):
    frame = Frame(n)
    ref = virtual_ref(frame)
    result = ref().n
    virtual_ref_finish(ref, frame)
    return result


def entry_point(argv):
    for n in range(len(argv), 4):
        print value(n), finished(n)
    return 0


def target(driver, args):
    return entry_point, None
