# Strings, bytes and unicode alike: the same functions serve both, in copies of their own.
import _mu


def shape(f):
    f._annspecialcase_ = 'specialize:shape'
    return f


@shape
def str_hash(s):
    s = _mu.text(s)
    if s is None:
        return 0
    h = _mu.str_hash_field(s)
    if h != 0:
        return h
    n = len(s)
    h = 5381 + n
    i = 0
    while i < n:
        h = (h * 1000003) ^ ord(_mu.str_get(s, i))
        i += 1
    h = h ^ (h >> 29)
    if h == 0 or h == -1:
        h = 17
    _mu.str_set_hash(s, h)
    return h


@shape
def str_eq(a, b):
    a = _mu.text(a)
    b = _mu.text(b)
    if a is b:
        return True
    if a is None or b is None:
        return False
    n = len(a)
    if n != len(b):
        return False
    i = 0
    while i < n:
        if _mu.str_get(a, i) != _mu.str_get(b, i):
            return False
        i += 1
    return True


@shape
def str_ne(a, b):
    return not str_eq(a, b)


@shape
def str_order(a, b):
    a = _mu.text(a)
    b = _mu.text(b)
    n = len(a)
    if len(b) < n:
        n = len(b)
    i = 0
    while i < n:
        x = _mu.str_get(a, i)
        y = _mu.str_get(b, i)
        if x != y:
            return ord(x) - ord(y)
        i += 1
    return len(a) - len(b)


@shape
def str_lt(a, b):
    return str_order(a, b) < 0


@shape
def str_le(a, b):
    return str_order(a, b) <= 0


@shape
def str_gt(a, b):
    return str_order(a, b) > 0


@shape
def str_ge(a, b):
    return str_order(a, b) >= 0


@shape
def str_concat(a, b):
    a = _mu.text(a)
    b = _mu.text(b)
    n = len(a)
    m = len(b)
    result = _mu.str_new(a, n + m)
    _mu.str_copy(result, 0, a, 0, n)
    _mu.str_copy(result, n, b, 0, m)
    return result


@shape
def str_mul(a, count):
    a = _mu.text(a)
    n = len(a)
    if count < 0:
        count = 0
    if n > 0 and count > 0xffffffffff // n:
        raise MemoryError
    result = _mu.str_new(a, n * count)
    i = 0
    while i < count:
        _mu.str_copy(result, i * n, a, 0, n)
        i += 1
    return result


@shape
def str_slice(s, start, stop):
    s = _mu.text(s)
    n = len(s)
    if start < 0:
        start += n
        if start < 0:
            start = 0
    if stop < 0:
        stop += n
    if stop > n:
        stop = n
    if start == 0 and stop == n:
        return s
    if stop < start:
        stop = start
    result = _mu.str_new(s, stop - start)
    _mu.str_copy(result, 0, s, start, stop - start)
    return result


@shape
def str_join(separator, items):
    separator = _mu.text(separator)
    count = len(items)
    total = 0
    i = 0
    while i < count:
        total += len(items[i])
        i += 1
    m = len(separator)
    if count > 1:
        total += m * (count - 1)
    result = _mu.str_new(separator, total)
    at = 0
    i = 0
    while i < count:
        if i > 0 and m > 0:
            _mu.str_copy(result, at, separator, 0, m)
            at += m
        item = _mu.text(items[i])
        n = len(item)
        _mu.str_copy(result, at, item, 0, n)
        at += n
        i += 1
    return result


@shape
def str_join_chars(separator, items):
    separator = _mu.text(separator)
    count = len(items)
    m = len(separator)
    if count == 0:
        return _mu.str_new(separator, 0)
    result = _mu.str_new(separator, count + m * (count - 1))
    at = 0
    i = 0
    while i < count:
        if i > 0 and m > 0:
            _mu.str_copy(result, at, separator, 0, m)
            at += m
        _mu.str_set(result, at, _mu.list_get(items, i))
        at += 1
        i += 1
    return result


@shape
def matches_at(s, part, at):
    m = len(part)
    i = 0
    while i < m:
        if _mu.str_get(s, at + i) != _mu.str_get(part, i):
            return False
        i += 1
    return True


@shape
def clamp(index, n):
    if index < 0:
        index += n
        if index < 0:
            index = 0
    return index


@shape
def str_find(s, part, start=0, stop=0x7fffffffffffffff):
    s = _mu.text(s)
    part = _mu.text(part)
    n = len(s)
    if stop > n:
        stop = n
    elif stop < 0:
        stop = clamp(stop, n)
    start = clamp(start, n)
    last = stop - len(part)
    while start <= last:
        if matches_at(s, part, start):
            return start
        start += 1
    return -1


@shape
def str_rfind(s, part, start=0, stop=0x7fffffffffffffff):
    s = _mu.text(s)
    part = _mu.text(part)
    n = len(s)
    if stop > n:
        stop = n
    elif stop < 0:
        stop = clamp(stop, n)
    start = clamp(start, n)
    at = stop - len(part)
    while at >= start:
        if matches_at(s, part, at):
            return at
        at -= 1
    return -1


@shape
def str_index(s, part, start=0):
    at = str_find(s, part, start)
    if at < 0:
        raise ValueError
    return at


@shape
def str_contains(s, part):
    return str_find(s, part) >= 0


@shape
def str_count(s, part):
    s = _mu.text(s)
    part = _mu.text(part)
    m = len(part)
    if m == 0:
        return len(s) + 1
    count = 0
    at = 0
    last = len(s) - m
    while at <= last:
        if matches_at(s, part, at):
            count += 1
            at += m
        else:
            at += 1
    return count


@shape
def str_count_between(s, part, start, stop=0x7fffffffffffffff):
    s = _mu.text(s)
    n = len(s)
    return str_count(str_slice(s, clamp(start, n), clamp(stop, n)), part)


@shape
def str_startswith(s, part):
    s = _mu.text(s)
    part = _mu.text(part)
    return len(part) <= len(s) and matches_at(s, part, 0)


@shape
def str_endswith(s, part):
    s = _mu.text(s)
    part = _mu.text(part)
    at = len(s) - len(part)
    return at >= 0 and matches_at(s, part, at)


@shape
def str_replace(s, old, new, limit=-1):
    s = _mu.text(s)
    old = _mu.text(old)
    new = _mu.text(new)
    m = len(old)
    pieces = []
    at = 0
    start = 0
    n = len(s)
    if m == 0:
        while at < n and limit != 0:
            pieces.append(new)
            pieces.append(str_slice(s, at, at + 1))
            at += 1
            limit -= 1
        pieces.append(str_slice(s, at, n))
        if limit != 0:
            pieces.append(new)
        return str_join(_mu.str_new(s, 0), pieces)
    while at <= n - m and limit != 0:
        if matches_at(s, old, at):
            pieces.append(str_slice(s, start, at))
            pieces.append(new)
            at += m
            start = at
            limit -= 1
        else:
            at += 1
    if start == 0:
        return s
    pieces.append(str_slice(s, start, n))
    return str_join(_mu.str_new(s, 0), pieces)


@shape
def str_split(s, separator, limit=-1):
    s = _mu.text(s)
    separator = _mu.text(separator)
    m = len(separator)
    if m == 0:
        raise ValueError
    result = []
    start = 0
    at = 0
    n = len(s)
    while at <= n - m and limit != 0:
        if matches_at(s, separator, at):
            result.append(str_slice(s, start, at))
            at += m
            start = at
            limit -= 1
        else:
            at += 1
    result.append(str_slice(s, start, n))
    return result


@shape
def str_rsplit(s, separator, limit=-1):
    s = _mu.text(s)
    separator = _mu.text(separator)
    m = len(separator)
    if m == 0:
        raise ValueError
    result = []
    stop = len(s)
    at = stop - m
    while at >= 0 and limit != 0:
        if matches_at(s, separator, at):
            result.append(str_slice(s, at + m, stop))
            stop = at
            at -= m
            limit -= 1
        else:
            at -= 1
    result.append(str_slice(s, 0, stop))
    result.reverse()
    return result


@shape
def is_space(c):
    n = ord(c)
    return n == 32 or (n >= 9 and n <= 13)


@shape
def str_split_space(s, limit=-1):
    s = _mu.text(s)
    result = []
    n = len(s)
    at = 0
    while True:
        while at < n and is_space(_mu.str_get(s, at)):
            at += 1
        if at >= n:
            break
        if limit == 0:
            stop = n
            while stop > at and is_space(_mu.str_get(s, stop - 1)):
                stop -= 1
            result.append(str_slice(s, at, n))
            break
        start = at
        while at < n and not is_space(_mu.str_get(s, at)):
            at += 1
        result.append(str_slice(s, start, at))
        limit -= 1
    return result


@shape
def str_rsplit_space(s, limit=-1):
    return str_split_space(s, limit)


@shape
def str_splitlines(s, keepends=False):
    s = _mu.text(s)
    result = []
    n = len(s)
    at = 0
    while at < n:
        start = at
        while at < n and ord(_mu.str_get(s, at)) != 10 and ord(_mu.str_get(s, at)) != 13:
            at += 1
        end = at
        if at < n and ord(_mu.str_get(s, at)) == 13 and at + 1 < n and ord(_mu.str_get(s, at + 1)) == 10:
            at += 1
        at += 1
        if keepends:
            end = min(at, n)
        result.append(str_slice(s, start, end))
    return result


@shape
def among(c, characters):
    i = 0
    while i < len(characters):
        if _mu.str_get(characters, i) == c:
            return True
        i += 1
    return False


@shape
def str_lstrip(s, characters):
    s = _mu.text(s)
    characters = _mu.text(characters)
    start = 0
    n = len(s)
    while start < n and among(_mu.str_get(s, start), characters):
        start += 1
    return str_slice(s, start, n)


@shape
def str_rstrip(s, characters):
    s = _mu.text(s)
    characters = _mu.text(characters)
    stop = len(s)
    while stop > 0 and among(_mu.str_get(s, stop - 1), characters):
        stop -= 1
    return str_slice(s, 0, stop)


@shape
def str_strip(s, characters):
    return str_rstrip(str_lstrip(s, characters), characters)


@shape
def str_lstrip_space(s):
    s = _mu.text(s)
    start = 0
    n = len(s)
    while start < n and is_space(_mu.str_get(s, start)):
        start += 1
    return str_slice(s, start, n)


@shape
def str_rstrip_space(s):
    s = _mu.text(s)
    stop = len(s)
    while stop > 0 and is_space(_mu.str_get(s, stop - 1)):
        stop -= 1
    return str_slice(s, 0, stop)


@shape
def str_strip_space(s):
    return str_rstrip_space(str_lstrip_space(s))


@shape
def str_upper(s):
    s = _mu.text(s)
    n = len(s)
    result = _mu.str_new(s, n)
    i = 0
    while i < n:
        c = _mu.str_get(s, i)
        k = ord(c)
        if k >= 97 and k <= 122:
            _mu.str_set(result, i, char_like(s, k - 32))
        else:
            _mu.str_set(result, i, c)
        i += 1
    return result


@shape
def str_lower(s):
    s = _mu.text(s)
    n = len(s)
    result = _mu.str_new(s, n)
    i = 0
    while i < n:
        c = _mu.str_get(s, i)
        k = ord(c)
        if k >= 65 and k <= 90:
            _mu.str_set(result, i, char_like(s, k + 32))
        else:
            _mu.str_set(result, i, c)
        i += 1
    return result


@shape
def char_like(s, code):
    if isinstance(s, unicode):
        return unichr(code)
    else:
        return chr(code)


@shape
def str_isdigit(s):
    s = _mu.text(s)
    i = 0
    while i < len(s):
        k = ord(_mu.str_get(s, i))
        if k < 48 or k > 57:
            return False
        i += 1
    return len(s) > 0


@shape
def is_letter(k):
    return (k >= 65 and k <= 90) or (k >= 97 and k <= 122)


@shape
def str_isalpha(s):
    s = _mu.text(s)
    i = 0
    while i < len(s):
        if not is_letter(ord(_mu.str_get(s, i))):
            return False
        i += 1
    return len(s) > 0


@shape
def str_isalnum(s):
    s = _mu.text(s)
    i = 0
    while i < len(s):
        k = ord(_mu.str_get(s, i))
        if not is_letter(k) and not (k >= 48 and k <= 57):
            return False
        i += 1
    return len(s) > 0


@shape
def str_isspace(s):
    s = _mu.text(s)
    i = 0
    while i < len(s):
        if not is_space(_mu.str_get(s, i)):
            return False
        i += 1
    return len(s) > 0


@shape
def is_of_case(s, first, other):
    # Whether there are letters from first on, and none from other on
    s = _mu.text(s)
    found = False
    i = 0
    while i < len(s):
        k = ord(_mu.str_get(s, i))
        if other <= k < other + 26:
            return False
        if first <= k < first + 26:
            found = True
        i += 1
    return found


@shape
def str_isupper(s):
    return is_of_case(s, 65, 97)


@shape
def str_islower(s):
    return is_of_case(s, 97, 65)


@shape
def padding(s, count, fill):
    result = _mu.str_new(s, count)
    i = 0
    while i < count:
        _mu.str_set(result, i, fill)
        i += 1
    return result


@shape
def str_ljust(s, width, fill=' '):
    s = _mu.text(s)
    if len(s) >= width:
        return s
    return str_concat(s, padding(s, width - len(s), fill))


@shape
def str_rjust(s, width, fill=' '):
    s = _mu.text(s)
    if len(s) >= width:
        return s
    return str_concat(padding(s, width - len(s), fill), s)


@shape
def str_center(s, width, fill=' '):
    s = _mu.text(s)
    extra = width - len(s)
    if extra <= 0:
        return s
    left = extra // 2 + (extra & width & 1)
    return str_concat(padding(s, left, fill), str_concat(s, padding(s, extra - left, fill)))


@shape
def str_zfill(s, width):
    s = _mu.text(s)
    if len(s) >= width:
        return s
    if len(s) > 0 and (_mu.str_get(s, 0) == '-' or _mu.str_get(s, 0) == '+'):
        return str_concat(str_slice(s, 0, 1), str_zfill(str_slice(s, 1, len(s)), width - 1))
    return str_concat(padding(s, width - len(s), '0'), s)
