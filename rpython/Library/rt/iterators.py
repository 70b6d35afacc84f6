# Iterators as objects: what iter() and the iter… methods of dicts give where the result is more than the source of a for loop. Each class is copied for each type of what it goes over.
import _mu


class Generator(object):
    # A generator function's objects; the compiler puts the body into next.
    def __iter__(self):
        return self

    def next(self):
        raise StopIteration


class ListIterator(object):
    def __init__(self, source):
        self.source = source
        self.at = 0

    def __iter__(self):
        return self

    def next(self):
        i = self.at
        if i >= len(self.source):
            raise StopIteration
        self.at = i + 1
        return self.source[i]


class ReversedIterator(object):
    def __init__(self, source):
        self.source = source
        self.at = len(source)

    def __iter__(self):
        return self

    def next(self):
        i = self.at - 1
        if i < 0:
            raise StopIteration
        self.at = i
        return self.source[i]


class RangeIterator(object):
    def __init__(self, start, stop, step):
        self.at = start
        self.stop = stop
        self.step = step

    def __iter__(self):
        return self

    def next(self):
        i = self.at
        if self.step > 0:
            if i >= self.stop:
                raise StopIteration
        elif i <= self.stop:
            raise StopIteration
        self.at = i + self.step
        return i


class DictIterator(object):
    def __init__(self, source):
        self.source = source
        self.at = 0

    def __iter__(self):
        return self

    def entry(self):
        d = self.source
        i = self.at
        while i < _mu.dict_used(d):
            if _mu.dict_entry_valid(d, i):
                self.at = i + 1
                return i
            i += 1
        raise StopIteration


class KeyIterator(DictIterator):
    def next(self):
        i = self.entry()
        return _mu.dict_entry_key(self.source, i)


class ValueIterator(DictIterator):
    def next(self):
        i = self.entry()
        return _mu.dict_entry_value(self.source, i)


class ItemIterator(DictIterator):
    def next(self):
        i = self.entry()
        return _mu.dict_entry_key(self.source, i), _mu.dict_entry_value(self.source, i)
