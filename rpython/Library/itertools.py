# itertools, for modules while they are imported.


class count(object):
    def __init__(self, start=0, step=1):
        self._next = start
        self._step = step

    def __iter__(self):
        return self

    def next(self):
        value = self._next
        self._next += self._step
        return value


class repeat(object):
    def __init__(self, value, times=-1):
        self._value = value
        self._times = times

    def __iter__(self):
        return self

    def next(self):
        if self._times == 0:
            raise StopIteration
        self._times -= 1
        return self._value


def chain(*sequences):
    return iter([item for sequence in sequences for item in sequence])


def izip(*sequences):
    iterators = [iter(s) for s in sequences]
    result = []
    while iterators:
        row = []
        for iterator in iterators:
            try:
                row.append(iterator.next())
            except StopIteration:
                return iter(result)
        result.append(tuple(row))
    return iter(result)


def imap(function, *sequences):
    return iter([function(*row) for row in izip(*sequences)])


def ifilter(function, sequence):
    return iter(filter(function, sequence))


def islice(sequence, start, stop=None, step=1):
    if stop is None:
        start, stop = 0, start
    iterator = iter(sequence)
    result = []
    i = 0
    while i < stop:
        try:
            item = iterator.next()
        except StopIteration:
            break
        if i >= start and (i - start) % step == 0:
            result.append(item)
        i += 1
    return iter(result)


def takewhile(predicate, sequence):
    result = []
    for item in sequence:
        if not predicate(item):
            break
        result.append(item)
    return iter(result)


def dropwhile(predicate, sequence):
    result = []
    for item in sequence:
        if result or not predicate(item):
            result.append(item)
    return iter(result)


def product(*sequences, **keywords):
    rows = [()]
    for sequence in list(sequences) * keywords.get('repeat', 1):
        items = list(sequence)
        rows = [row + (item,) for row in rows for item in items]
    return iter(rows)


def combinations(sequence, n):
    items = list(sequence)
    if n == 0:
        return iter([()])
    result = []
    for i in range(len(items)):
        for rest in combinations(items[i + 1:], n - 1):
            result.append((items[i],) + rest)
    return iter(result)


def permutations(sequence, n=None):
    items = list(sequence)
    if n is None:
        n = len(items)
    if n == 0:
        return iter([()])
    result = []
    for i in range(len(items)):
        for rest in permutations(items[:i] + items[i + 1:], n - 1):
            result.append((items[i],) + rest)
    return iter(result)


def groupby(sequence, key=None):
    groups = []
    for item in sequence:
        k = item if key is None else key(item)
        if groups and groups[-1][0] == k:
            groups[-1][1].append(item)
        else:
            groups.append((k, [item]))
    return iter([(k, iter(items)) for k, items in groups])
