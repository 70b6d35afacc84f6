# rlib.jit: hints for RPython's tracing JIT, which do nothing here.
import _mu
from rpython.rlib.objectmodel import we_are_translated

hint = _mu.hint
promote = _mu.hint
promote_string = _mu.hint
promote_unicode = _mu.hint


def _identity(f):
    return f

elidable = _identity
purefunction = _identity
elidable_promote = lambda *args, **kwds: _identity
dont_look_inside = _identity
unroll_safe = _identity
loop_invariant = _identity
oopspec = lambda spec: _identity
look_inside_iff = lambda predicate: _identity
not_in_trace = _identity
look_inside = _identity


def we_are_jitted():
    return False


def isconstant(x):
    return False

isconstant._annspecialcase_ = 'specialize:argtype(0)'
isvirtual = isconstant


def jit_debug(string, arg1=0, arg2=0, arg3=0, arg4=0):
    pass


def assert_green(x):
    pass

assert_green._annspecialcase_ = 'specialize:argtype(0)'


def set_param(driver, name, value):
    pass


def set_user_param(driver, text):
    pass


def current_trace_length():
    return -1


def record_exact_class(value, cls):
    pass

record_exact_class._annspecialcase_ = 'specialize:argtype(0)'
record_known_class = record_exact_class

# Parameters of RPython's JIT and their defaults: programs name them; they have no effect here.
PARAMETERS = {
    'threshold': 1039, 'function_threshold': 1619, 'trace_eagerness': 200, 'decay': 40, 'trace_limit': 6000, 'inlining': 1, 'loop_longevity': 1000,
    'retrace_limit': 0, 'pureop_historylength': 16, 'max_retrace_guards': 15, 'max_unroll_loops': 0, 'disable_unrolling': 200, 'enable_opts': 'all',
    'max_unroll_recursion': 7, 'vec': 0, 'vec_all': 0, 'vec_cost': 0,
}
PARAMETER_DOCS = dict([(name, 'has no effect: there is no tracing JIT') for name in PARAMETERS])


class JitDriver(object):
    _freeze_marker = True

    def __init__(self, greens=None, reds=None, virtualizables=None, get_printable_location=None, get_jitcell_at=None, set_jitcell_at=None,
                 can_never_inline=None, should_unroll_one_iteration=None, name='jitdriver', check_untranslated=True, is_recursive=False,
                 get_unique_id=None, get_location=None, confirm_enter_jit=None, vec=False, vectorize=False):
        self.name = name

    def _freeze_(self):
        return True

    def jit_merge_point(self, **livevars):
        pass

    def can_enter_jit(self, **livevars):
        pass

    def loop_header(self):
        pass


class JitPortal(object):
    pass


class JitHookInterface(object):
    pass


class unroll_parameters(object):
    pass


class AssertGreenFailed(Exception):
    pass


class Counters(object):
    counters = []


class VirtualReference(object):
    """What virtual_ref() makes: calling it gives the object."""
    virtual = False

    def __init__(self, x):
        self._x = x

    def __call__(self):
        return self._x

vref_None = VirtualReference(None)


def virtual_ref(x):
    return VirtualReference(x)


non_virtual_ref = virtual_ref


class InvalidVirtualRef(Exception):
    # Only with a JIT.
    pass


def virtual_ref_finish(vref, x):
    pass


def conditional_call(condition, function, *args):
    if condition:
        function(*args)

conditional_call._annspecialcase_ = 'specialize:call_location'


def conditional_call_elidable(value, function, *args):
    if not value:
        value = function(*args)
    return value

conditional_call_elidable._annspecialcase_ = 'specialize:call_location'


def record_known_result(result, function, *args):
    pass

record_known_result._annspecialcase_ = 'specialize:call_location'


def record_exact_value(value, constant):
    pass

record_exact_value._annspecialcase_ = 'specialize:argtype(0,1)'


def enter_portal_frame(unique_id):
    pass


def leave_portal_frame(unique_id):
    pass


def jit_callback(name):
    return _identity


def set_param_to_default(driver, name):
    pass


class TraceLimitTooHigh(Exception):
    pass
