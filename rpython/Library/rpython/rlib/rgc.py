# rlib.rgc


def collect(*args):
    pass


def enable():
    pass


def disable():
    pass


def add_memory_pressure(n):
    pass


def no_collect(f):
    return f


def must_be_light_finalizer(f):
    return f


def ll_arraycopy(source, dest, source_start, dest_start, length):
    i = 0
    while i < length:
        dest[dest_start + i] = source[source_start + i]
        i += 1

ll_arraycopy._annspecialcase_ = 'specialize:shape'
