# rlib.rgc
import _mu


def collect(*args):
    _mu.collect()
    _mu.run_finalizers()


class FinalizerQueue(object):
    # Subclasses have Class, the class of what is registered, and finalizer_trigger(), called when there is something for next_dead().
    def __init__(self):
        from rt.finalizers import add_queue
        add_queue(self)

    def _freeze_(self):
        return True

    def next_dead(self):
        if len(self._dead) == 0:
            return None
        return self._dead.pop(0)

    next_dead._annspecialcase_ = 'specialize:arg(0)'

    def register_finalizer(self, obj):
        assert isinstance(obj, self.Class)
        obj._finalizer_queue = self._number
        _mu.register_finalizer(obj)

    register_finalizer._annspecialcase_ = 'specialize:arg(0)'

    def finalizer_trigger(self):
        pass


def may_ignore_finalizer(obj):
    # It may be dropped when it is dead; it is not.
    pass

may_ignore_finalizer._annspecialcase_ = 'specialize:argtype(0)'


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
