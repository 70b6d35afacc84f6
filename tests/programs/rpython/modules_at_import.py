# What programs do while they are imported: regular expressions, hashes, JSON, files, iterators.
import functools
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import MutableMapping, namedtuple


class Rule(object):
    def __init__(self, name, pattern):
        self.name = name
        self.re = re.compile(pattern)

    def _freeze_(self):
        return True

    def matches(self, s, pos):
        m = self.re.match(s, pos)
        return Match(*m.span(0)) if m is not None else None


class Match(object):
    _attrs_ = ['start', 'end']

    def __init__(self, start, end):
        self.start = start
        self.end = end


class ByIdentity(MutableMapping):
    def __init__(self):
        self._contents = {}

    def __getitem__(self, key):
        return self._contents[id(key)][1]

    def __setitem__(self, key, value):
        self._contents[id(key)] = key, value

    def __delitem__(self, key):
        del self._contents[id(key)]

    def __len__(self):
        return len(self._contents)

    def __iter__(self):
        for key, _ in self._contents.values():
            yield key


def noted(f):
    @functools.wraps(f)
    def call(*args):
        return f(*args)
    return call


@noted
def twice(x):
    return 2 * x


def cached_table():
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, 'table.json')
    table = {'actions': [{'a': 1, 'b': -2}, {}], 'name': 'x\n"y"', 'none': None, 'pair': (1, 2.5), 'yes': True}
    with tempfile.NamedTemporaryFile(dir=folder, delete=False, mode='w') as f:
        json.dump(table, f)
    os.rename(f.name, path)
    with open(path) as f:
        read = json.load(f)
    size = os.stat(path).st_size
    os.unlink(path)
    os.rmdir(folder)
    try:
        open(path)
        failed = False
    except IOError as e:
        failed = e.errno == 2
    return [dict([(str(k), v) for k, v in action.iteritems()]) for action in read['actions']], size, failed, str(read['name'])


def facts():
    found = [m.group(0) for m in re.finditer(r'\d+', 'a1b22')] + re.split(r'\s*,\s*', 'x , y') + re.findall('[a-z]+', 'ab 1 cd')
    steps = iter([1, 2, 3])
    next(steps)
    found += [str(steps.next()), str(next(steps, 'end')), str(next(steps, 'end'))]
    found.append(hashlib.sha1('abc').hexdigest())
    found.append(hashlib.md5('abc').hexdigest())
    found.append(json.dumps([1, (u'\xe9', None), {'k': False}]))
    found.append(subprocess.check_output(['printf', 'from a process']))
    try:
        subprocess.check_output(['false'])
    except subprocess.CalledProcessError as e:
        found.append('exit %d' % e.returncode)
    found.append(twice.__name__)
    found.append(str(sorted(dict.fromkeys('cab', 0).items())))
    mapping = ByIdentity()
    key = object()
    mapping[key] = 7
    found.append(str((key in mapping, mapping.get(found), mapping.pop(key), len(mapping))))
    found.append(str(namedtuple('Point', 'x y')(1, y=2)))
    found.append(str(sys.modules[Rule.__module__].facts is facts))
    return found

RULES = [Rule('number', r'\d+(?:\.\d+)?'), Rule('word', '[A-Za-z_]\\w*'), Rule('space', r'\s+'), Rule('other', '.')]
TABLE, SIZE, FAILED, NAME = cached_table()
FACTS = facts()


class Holder(object):
    def __init__(self):
        self.used = 3
        # Nothing reads it in compiled code.
        self.conflicts = [[1, 'x', None], [2.5]]

HOLDER = Holder()


def entry_point(argv):
    text = 'let x1 = 3.14+y'
    at = 0
    while at < len(text):
        for rule in RULES:
            match = rule.matches(text, at)
            if match:
                print rule.name, text[match.start:match.end]
                at = match.end
                break
    for table in TABLE:
        print len(table), table.get('a', 0), table.get('b', 0)
    print SIZE, NAME
    print 'failed' if FAILED else 'opened'
    for fact in FACTS:
        print fact
    print HOLDER.used, twice(len(argv))
    return 0


def target(*args):
    return entry_point


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
