# collections: RPython's dicts keep the order of insertion. The rest is for modules while they are imported.
OrderedDict = dict


class Mapping(object):
    def get(self, key, default=None):
        if key in self:
            return self[key]
        return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return [key for key in self]

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]

    iterkeys = keys
    itervalues = values
    iteritems = items


class MutableMapping(Mapping):
    def pop(self, key, *default):
        if key not in self and default:
            return default[0]
        value = self[key]
        del self[key]
        return value

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def clear(self):
        for key in self.keys():
            del self[key]

    def update(self, other):
        for key in other.keys():
            self[key] = other[key]


class defaultdict(MutableMapping):
    def __init__(self, default_factory=None, content={}):
        self.default_factory = default_factory
        self._content = dict(content)

    def __getitem__(self, key):
        if key not in self._content and self.default_factory is not None:
            self._content[key] = self.default_factory()
        return self._content[key]

    def __setitem__(self, key, value):
        self._content[key] = value

    def __delitem__(self, key):
        del self._content[key]

    def __contains__(self, key):
        return key in self._content

    def __iter__(self):
        return iter(self._content.keys())

    def __len__(self):
        return len(self._content)


def namedtuple(typename, field_names):
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    names = list(field_names)

    def __init__(self, *values, **named):
        if len(values) + len(named) != len(names):
            raise TypeError('%s takes %d values' % (typename, len(names)))
        for name, value in list(zip(names, values)) + named.items():
            setattr(self, name, value)

    def __iter__(self):
        return iter([getattr(self, name) for name in names])

    def __getitem__(self, index):
        return getattr(self, names[index])

    def __len__(self):
        return len(names)

    def __eq__(self, other):
        return list(self) == list(other)

    def __hash__(self):
        return hash(tuple(self))

    def __repr__(self):
        return '%s(%s)' % (typename, ', '.join(['%s=%r' % (name, getattr(self, name)) for name in names]))

    return type(typename, (object,), {'__init__': __init__, '__iter__': __iter__, '__getitem__': __getitem__, '__len__': __len__,
                                      '__eq__': __eq__, '__hash__': __hash__, '__repr__': __repr__, '_fields': tuple(names)})
