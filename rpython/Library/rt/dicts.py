# Insertion-ordered hash tables: entries in the order in which they came, and an index of entry numbers (+ 1; 0 is free, -1 deleted) with open addressing.
# Numbers are their own hashes, so that those which lie close together lie close together in the index too; where hashes meet, their upper bits come in (CPython's and PyPy's "perturb").
# An entry's hash is -1 when it is deleted. The index is made when it is needed first: prebuilt dicts have none.
import _mu

PERTURB = 0x7fffffffffffffff


def shape(f):
    f._annspecialcase_ = 'specialize:shape'
    return f


@shape
def key_hash(d, key):
    h = _mu.dict_key_hash(d, key)
    if h == -1:
        h = -2
    return h


@shape
def custom_hash(d, key):
    return _mu.dict_hashing(d)(key)


@shape
def custom_equal(d, a, b):
    return _mu.dict_equality(d)(a, b)


def next_slot(slot, perturb, mask):
    return (slot * 5 + perturb + 1) & mask


@shape
def free_slot(d, h, mask):
    slot = h & mask
    perturb = h & PERTURB
    while _mu.dict_index_get(d, slot) > 0:
        slot = next_slot(slot, perturb, mask)
        perturb >>= 5
    return slot


@shape
def reindex(d, size):
    _mu.dict_index_new(d, size)
    used = _mu.dict_used(d)
    mask = size - 1
    i = 0
    while i < used:
        if _mu.dict_entry_valid(d, i):
            _mu.dict_index_set(d, free_slot(d, _mu.dict_entry_hash(d, i), mask), i + 1)
        i += 1


@shape
def first_index(d):
    used = _mu.dict_used(d)
    i = 0
    while i < used:
        _mu.dict_entry_set_hash(d, i, key_hash(d, _mu.dict_entry_key(d, i)))
        i += 1
    size = 16
    while size < used * 2:
        size *= 2
    reindex(d, size)


@shape
def lookup(d, key, h):
    size = _mu.dict_index_size(d)
    if size == 0:
        if _mu.dict_used(d) == 0:
            return -1
        first_index(d)
        size = _mu.dict_index_size(d)
    mask = size - 1
    slot = h & mask
    perturb = h & PERTURB
    while True:
        i = _mu.dict_index_get(d, slot)
        if i == 0:
            return -1
        if i > 0:
            i -= 1
            if _mu.dict_entry_hash(d, i) == h and _mu.dict_key_equal(d, _mu.dict_entry_key(d, i), key):
                return i
        slot = next_slot(slot, perturb, mask)
        perturb >>= 5


@shape
def compact(d):
    # Moves the live entries together.
    used = _mu.dict_used(d)
    to = 0
    i = 0
    while i < used:
        if _mu.dict_entry_valid(d, i):
            if to != i:
                _mu.dict_entry_set_key(d, to, _mu.dict_entry_key(d, i))
                _mu.dict_entry_set_value(d, to, _mu.dict_entry_value(d, i))
                _mu.dict_entry_set_hash(d, to, _mu.dict_entry_hash(d, i))
            to += 1
        i += 1
    i = to
    while i < used:
        _mu.dict_entry_clear(d, i)
        i += 1
    _mu.dict_set_used(d, to)


@shape
def insert(d, key, value, h):
    used = _mu.dict_used(d)
    size = _mu.dict_index_size(d)
    if size == 0:
        size = 16
        _mu.dict_index_new(d, size)
    if used >= _mu.dict_capacity(d):
        if _mu.dict_live(d) < used - (used >> 2):
            compact(d)
            reindex(d, size)
        else:
            _mu.dict_grow(d, used + (used >> 1) + 8)
        used = _mu.dict_used(d)
    if (used + 1) * 3 > size * 2:
        compact(d)
        used = _mu.dict_used(d)
        while (used + 1) * 2 > size:
            size *= 2
        reindex(d, size)
    _mu.dict_index_set(d, free_slot(d, h, size - 1), used + 1)
    _mu.dict_entry_set_key(d, used, key)
    _mu.dict_entry_set_value(d, used, value)
    _mu.dict_entry_set_hash(d, used, h)
    _mu.dict_set_used(d, used + 1)
    _mu.dict_set_live(d, _mu.dict_live(d) + 1)


@shape
def dict_getitem(d, key):
    i = lookup(d, key, key_hash(d, key))
    if i < 0:
        raise KeyError
    return _mu.dict_entry_value(d, i)


@shape
def dict_setitem(d, key, value):
    h = key_hash(d, key)
    i = lookup(d, key, h)
    if i >= 0:
        _mu.dict_entry_set_value(d, i, value)
    else:
        insert(d, key, value, h)


@shape
def remove_entry(d, i):
    h = _mu.dict_entry_hash(d, i)
    mask = _mu.dict_index_size(d) - 1
    slot = h & mask
    perturb = h & PERTURB
    while _mu.dict_index_get(d, slot) != i + 1:
        slot = next_slot(slot, perturb, mask)
        perturb >>= 5
    _mu.dict_index_set(d, slot, -1)
    _mu.dict_entry_clear(d, i)
    live = _mu.dict_live(d) - 1
    _mu.dict_set_live(d, live)
    if live == 0:
        _mu.dict_set_used(d, 0)
        _mu.dict_index_new(d, 16)


@shape
def dict_delete_item(d, key):
    i = lookup(d, key, key_hash(d, key))
    if i < 0:
        raise KeyError
    remove_entry(d, i)


@shape
def dict_contains(d, key):
    return lookup(d, key, key_hash(d, key)) >= 0


@shape
def dict_get(d, key, otherwise):
    i = lookup(d, key, key_hash(d, key))
    if i < 0:
        return otherwise
    return _mu.dict_entry_value(d, i)


@shape
def dict_setdefault(d, key, otherwise):
    h = key_hash(d, key)
    i = lookup(d, key, h)
    if i >= 0:
        return _mu.dict_entry_value(d, i)
    insert(d, key, otherwise, h)
    return otherwise


@shape
def dict_pop(d, key):
    i = lookup(d, key, key_hash(d, key))
    if i < 0:
        raise KeyError
    value = _mu.dict_entry_value(d, i)
    remove_entry(d, i)
    return value


@shape
def dict_pop_default(d, key, otherwise):
    i = lookup(d, key, key_hash(d, key))
    if i < 0:
        return otherwise
    value = _mu.dict_entry_value(d, i)
    remove_entry(d, i)
    return value


@shape
def dict_popitem(d):
    i = _mu.dict_used(d) - 1
    while i >= 0 and not _mu.dict_entry_valid(d, i):
        i -= 1
    if i < 0:
        raise KeyError
    if _mu.dict_index_size(d) == 0:
        first_index(d)
    key = _mu.dict_entry_key(d, i)
    value = _mu.dict_entry_value(d, i)
    remove_entry(d, i)
    return key, value


@shape
def dict_keys(d):
    return [key for key in d]


@shape
def dict_values(d):
    return [value for value in d.itervalues()]


@shape
def dict_items(d):
    return [item for item in d.iteritems()]


@shape
def dict_update(d, other):
    for key, value in other.iteritems():
        d[key] = value


@shape
def dict_copy(d):
    result = _mu.dict_new(d)
    for key, value in d.iteritems():
        result[key] = value
    return result


@shape
def dict_clear(d):
    i = 0
    while i < _mu.dict_used(d):
        _mu.dict_entry_clear(d, i)
        i += 1
    _mu.dict_set_used(d, 0)
    _mu.dict_set_live(d, 0)
    _mu.dict_index_new(d, 16)
