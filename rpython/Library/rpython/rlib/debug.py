# rlib.debug


def ll_assert(x, message):
    pass


def ll_assert_not_none(x):
    return x

ll_assert_not_none._annspecialcase_ = 'specialize:argtype(0)'


def debug_print(*args):
    pass

debug_print._annspecialcase_ = 'specialize:call_location'


def debug_start(category, timestamp=False):
    return 0


def debug_stop(category, timestamp=False):
    return 0


def debug_flush():
    pass


def debug_offset():
    return -1


def have_debug_prints():
    return False


def have_debug_prints_for(category_prefix):
    return False


def fatalerror(message):
    raise AssertionError


def fatalerror_notb(message):
    raise AssertionError


def check_nonneg(x):
    assert x >= 0


def make_sure_not_resized(l):
    return l

make_sure_not_resized._annspecialcase_ = 'specialize:shape'


def make_sure_not_modified(l):
    pass

make_sure_not_modified._annspecialcase_ = 'specialize:shape'


def mark_dict_non_null(d):
    return d

mark_dict_non_null._annspecialcase_ = 'specialize:shape'


def check_list_of_chars(l):
    pass

check_list_of_chars._annspecialcase_ = 'specialize:shape'


def attach_gdb():
    pass


def check_regular_int(x):
    pass
