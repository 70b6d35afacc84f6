# rlib.objectmodel
import _mu

we_are_translated = _mu.we_are_translated
keepalive_until_here = _mu.keepalive
compute_identity_hash = _mu.identity_hash
compute_hash = _mu.compute_hash
compute_unique_id = _mu.identity_hash
current_object_addr_as_int = _mu.identity_hash


def instantiate(cls, nonmovable=False):
    return _mu.instantiate(cls)

instantiate._annspecialcase_ = 'specialize:call_location'



class _Specialize(object):
    def memo(self):
        return self._mark('specialize:memo')

    def arg(self, *args):
        return self._mark('specialize:arg(%s)' % ','.join([str(a) for a in args]))

    def arg_or_var(self, *args):
        return self._mark('specialize:argtype(%s)' % ','.join([str(a) for a in args]))

    def argtype(self, *args):
        return self._mark('specialize:argtype(%s)' % ','.join([str(a) for a in args]))

    def ll(self):
        return self._mark('specialize:shape')

    def ll_and_arg(self, *args):
        return self._mark('specialize:shape')

    def call_location(self):
        return self._mark('specialize:call_location')

    def _mark(self, how):
        def decorate(f):
            f._annspecialcase_ = how
            return f
        return decorate

specialize = _Specialize()


def enforceargs(*types, **kwds):
    def decorate(f):
        return f
    return decorate


def _identity(f):
    return f

always_inline = _identity
dont_inline = _identity
not_rpython = _identity
try_inline = _identity
sandbox_review = lambda **kwds: _identity


import_from_mixin = _mu.import_from_mixin


def newlist_hint(sizehint):
    return []

newlist_hint._annspecialcase_ = 'specialize:call_location'


def resizelist_hint(l, sizehint):
    pass

resizelist_hint._annspecialcase_ = 'specialize:shape'


def r_dict(eq, hash, force_non_null=False, simple_hash_eq=False):
    return _mu.r_dict(eq, hash)

r_dict._annspecialcase_ = 'specialize:call_location'


def r_ordereddict(eq, hash, force_non_null=False, simple_hash_eq=False):
    return _mu.r_dict(eq, hash)

r_ordereddict._annspecialcase_ = 'specialize:call_location'


def move_to_end(d, key, last=True):
    value = d.pop(key)
    if last:
        d[key] = value
        return
    others = d.items()
    d.clear()
    d[key] = value
    for k, v in others:
        d[k] = v

move_to_end._annspecialcase_ = 'specialize:argtype(0)'


def dict_to_switch(d):
    def lookup(key):
        return d[key]
    return lookup


class Symbolic(object):
    pass


def invoke_around_extcall(before, after):
    pass


def is_in_callback():
    return False


def no_release_gil(f):
    return f


def stack_almost_full():
    return False


def set_random_seed(n):
    pass


def UnboxedValue(*args):
    pass


def likely(x):
    return x


def unlikely(x):
    return x


def fetch_translated_config():
    return None


def we_are_translated_to_c():
    return we_are_translated()


# Dicts with hashes that the program knows already. What was computed is not used here: strings keep theirs.


def _by_type(f):
    f._annspecialcase_ = 'specialize:argtype(0)'
    return f


@_by_type
def iterkeys_with_hash(d):
    return [(key, _mu.dict_key_hash(d, key)) for key in d.keys()]


@_by_type
def iteritems_with_hash(d):
    return [(key, value, _mu.dict_key_hash(d, key)) for key, value in d.items()]


@_by_type
def contains_with_hash(d, key, hash):
    return key in d


@_by_type
def getitem_with_hash(d, key, hash):
    return d[key]


@_by_type
def setitem_with_hash(d, key, hash, value):
    d[key] = value


@_by_type
def delitem_with_hash(d, key, hash):
    del d[key]


@_by_type
def delitem_if_value_is(d, key, value):
    if key in d and d[key] is value:
        del d[key]


@_by_type
def reversed_dict(d):
    return reversed(d.keys())


@_by_type
def prepare_dict_update(d, n):
    pass


@_by_type
def list_get_physical_size(l):
    return len(l)


def never_allocate(cls):
    return cls


malloc_zero_filled = True
