# rlib.unroll
import _mu

unrolling_iterable = _mu.unrolling_iterable


class SpecTag(object):
    pass
