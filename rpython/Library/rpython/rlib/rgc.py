# rlib.rgc
import _mu


def collect(*args):
    _mu.collect()
    _mu.run_finalizers()


def enable():
    pass


def disable():
    pass


def add_memory_pressure(n):
    pass


def set_max_heap_size(nbytes):
    pass


def collect_step():
    collect()
    return True


def can_move(p):
    return True

can_move._annspecialcase_ = 'specialize:argtype(0)'


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


# The micro VM's collector counts none of these.
TOTAL_MEMORY, TOTAL_ALLOCATED_MEMORY, TOTAL_MEMORY_PRESSURE, PEAK_MEMORY, PEAK_ALLOCATED_MEMORY, TOTAL_ARENA_MEMORY, TOTAL_RAWMALLOCED_MEMORY, \
    PEAK_ARENA_MEMORY, PEAK_RAWMALLOCED_MEMORY, NURSERY_SIZE, TOTAL_GC_TIME = range(11)


def get_stats(number):
    return 0


def dump_rpy_heap(fd):
    # Whether it could.
    return False


def get_typeids_z():
    from rpython.rlib._heapdump import no_typeids
    return no_typeids()
