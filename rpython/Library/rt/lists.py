# Lists: what is more than getting, setting and appending an item.
import _mu


def shape(f):
    f._annspecialcase_ = 'specialize:shape'
    return f


@shape
def list_extend(l, other):
    n = len(l)
    m = len(other)
    _mu.list_resize(l, n + m)
    i = 0
    while i < m:
        _mu.list_set(l, n + i, _mu.list_get(other, i))
        i += 1


@shape
def list_extend_str(l, s):
    for c in s:
        l.append(c)


@shape
def list_concat(a, b):
    n = len(a)
    m = len(b)
    result = []
    _mu.list_resize(result, n + m)
    i = 0
    while i < n:
        _mu.list_set(result, i, _mu.list_get(a, i))
        i += 1
    i = 0
    while i < m:
        _mu.list_set(result, n + i, _mu.list_get(b, i))
        i += 1
    return result


@shape
def list_copy(l):
    result = []
    list_extend(result, l)
    return result


@shape
def list_of_str(s):
    return [c for c in s]


@shape
def list_of_dict(d):
    return d.keys()


def list_fill(item, count):
    # [item] * count; each place in a program has its own, since types of lists are what distinguishes them.
    result = []
    if count <= 0:
        return result
    if count > 0xffffffffff:
        raise MemoryError
    _mu.list_resize(result, count)
    _mu.list_set(result, 0, item)
    # A new array is full of zeros. (What is zero here need not be in the other list: None among classes is a number.)
    if not _mu.list_item_is_zero(result, 0):
        i = 1
        while i < count:
            _mu.list_set(result, i, item)
            i += 1
    return result

list_fill._annspecialcase_ = 'specialize:call_location'


@shape
def zip2(a, b):
    return [(x, y) for x, y in zip(a, b)]


@shape
def zip3(a, b, c):
    return [(x, y, z) for x, y, z in zip(a, b, c)]


@shape
def list_mul(l, count):
    n = len(l)
    result = []
    if count < 0:
        count = 0
    if n > 0 and count > 0xffffffffff // n:
        raise MemoryError
    _mu.list_resize(result, n * count)
    at = 0
    k = 0
    while k < count:
        i = 0
        while i < n:
            _mu.list_set(result, at, _mu.list_get(l, i))
            at += 1
            i += 1
        k += 1
    return result


@shape
def list_slice(l, start, stop):
    n = len(l)
    if start < 0:
        start += n
        if start < 0:
            start = 0
    if stop < 0:
        stop += n
    if stop > n:
        stop = n
    result = _mu.list_new(l, 0)
    if stop > start:
        _mu.list_resize(result, stop - start)
        _mu.list_copy(result, 0, l, start, stop - start)
    return result


@shape
def list_set_slice(l, start, stop, items):
    n = len(l)
    if start < 0:
        start += n
        if start < 0:
            start = 0
    if start > n:
        start = n
    if stop < 0:
        stop += n
    if stop > n:
        stop = n
    if stop < start:
        stop = start
    copy = list_copy(items)
    m = len(copy)
    grown = m - (stop - start)
    if grown > 0:
        _mu.list_resize(l, n + grown)
        _mu.list_copy(l, stop + grown, l, stop, n - stop)
    elif grown < 0:
        _mu.list_copy(l, stop + grown, l, stop, n - stop)
        _mu.list_resize(l, n + grown)
    i = 0
    while i < m:
        _mu.list_set(l, start + i, _mu.list_get(copy, i))
        i += 1


@shape
def list_delete_slice(l, start, stop):
    n = len(l)
    if start < 0:
        start += n
        if start < 0:
            start = 0
    if stop < 0:
        stop += n
    if stop > n:
        stop = n
    if stop > start:
        _mu.list_copy(l, start, l, stop, n - stop)
        _mu.list_resize(l, n - (stop - start))


@shape
def list_delete_item(l, index):
    n = len(l)
    if index < 0:
        index += n
    if index < 0 or index >= n:
        raise IndexError
    _mu.list_copy(l, index, l, index + 1, n - index - 1)
    _mu.list_resize(l, n - 1)


@shape
def list_insert(l, index, item):
    n = len(l)
    if index < 0:
        index += n
        if index < 0:
            index = 0
    if index > n:
        index = n
    l.append(item)
    _mu.list_copy(l, index + 1, l, index, n - index)
    _mu.list_set(l, index, item)


@shape
def list_pop_last(l):
    n = len(l)
    if n == 0:
        raise IndexError
    item = _mu.list_get(l, n - 1)
    _mu.list_resize(l, n - 1)
    return item


@shape
def list_pop_first(l, index):
    return list_pop(l, 0)


@shape
def list_pop(l, index):
    n = len(l)
    if index < 0:
        index += n
    if index < 0 or index >= n:
        raise IndexError
    item = _mu.list_get(l, index)
    _mu.list_copy(l, index, l, index + 1, n - index - 1)
    _mu.list_resize(l, n - 1)
    return item


@shape
def list_index(l, item):
    i = 0
    while i < len(l):
        if l[i] == item:
            return i
        i += 1
    raise ValueError


@shape
def list_remove(l, item):
    list_delete_item(l, list_index(l, item))


@shape
def list_contains(l, item):
    i = 0
    while i < len(l):
        if l[i] == item:
            return True
        i += 1
    return False


@shape
def list_count(l, item):
    count = 0
    i = 0
    while i < len(l):
        if l[i] == item:
            count += 1
        i += 1
    return count


@shape
def list_reverse(l):
    i = 0
    j = len(l) - 1
    while i < j:
        item = l[i]
        l[i] = l[j]
        l[j] = item
        i += 1
        j -= 1


@shape
def list_eq(a, b):
    if a is b:
        return True
    if a is None or b is None:
        return False
    n = len(a)
    if n != len(b):
        return False
    i = 0
    while i < n:
        if a[i] != b[i]:
            return False
        i += 1
    return True


@shape
def list_ne(a, b):
    return not list_eq(a, b)


@shape
def list_sort(l):
    # A merge sort: stable, as Python's is.
    n = len(l)
    if n < 2:
        return
    source = l
    target = list_copy(l)
    width = 1
    while width < n:
        low = 0
        while low < n:
            middle = low + width
            if middle > n:
                middle = n
            high = middle + width
            if high > n:
                high = n
            i = low
            j = middle
            k = low
            while k < high:
                if i < middle and (j >= high or not source[j] < source[i]):
                    target[k] = source[i]
                    i += 1
                else:
                    target[k] = source[j]
                    j += 1
                k += 1
            low = high
        source, target = target, source
        width *= 2
    if source is not l:
        i = 0
        while i < n:
            l[i] = source[i]
            i += 1


@shape
def sorted_(l):
    copy = list_copy(l)
    list_sort(copy)
    return copy


@shape
def list_min(l):
    best = l[0]
    i = 1
    while i < len(l):
        if l[i] < best:
            best = l[i]
        i += 1
    return best


@shape
def list_max(l):
    best = l[0]
    i = 1
    while i < len(l):
        if l[i] > best:
            best = l[i]
        i += 1
    return best


@shape
def min3(a, b, c):
    return min(min(a, b), c)


@shape
def max3(a, b, c):
    return max(max(a, b), c)


@shape
def list_sum(l):
    total = l[0] - l[0]
    i = 0
    while i < len(l):
        total += l[i]
        i += 1
    return total


@shape
def divmod_(a, b):
    return a // b, a % b


@shape
def cmp_(a, b):
    if a < b:
        return -1
    if a > b:
        return 1
    return 0


def range1(stop):
    return range2(0, stop)


range1._annspecialcase_ = 'specialize:call_location'


def range2(start, stop):
    result = []
    while start < stop:
        result.append(start)
        start += 1
    return result


range2._annspecialcase_ = 'specialize:call_location'


def range3(start, stop, step):
    result = []
    if step > 0:
        while start < stop:
            result.append(start)
            start += step
    elif step < 0:
        while start > stop:
            result.append(start)
            start += step
    else:
        raise ValueError
    return result


range3._annspecialcase_ = 'specialize:call_location'
