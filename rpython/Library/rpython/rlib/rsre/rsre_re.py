# rlib.rsre.rsre_re: the interface of Python's re, for constant patterns. The matcher tries ways one after the other, with a stack of those not tried yet.
import sys
from rpython.rlib.objectmodel import specialize
from rpython.rlib.rsre import program
from rpython.rlib.rsre.program import (CHAR, ANY, ANY_ALL, SET, SPLIT, JUMP, SAVE, BEGIN, BEGIN_LINE, END, END_LINE, END_STRING, WORD, BACK, LOOK,
                                       MATCH, CHAR_IGNORE, MARK, MOVED)

I = IGNORECASE = program.IGNORECASE
L = LOCALE = program.LOCALE
M = MULTILINE = program.MULTILINE
S = DOTALL = program.DOTALL
U = UNICODE = program.UNICODE
X = VERBOSE = program.VERBOSE
error = program.error


@specialize.call_location()
def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


@specialize.call_location()
def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


@specialize.call_location()
def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


@specialize.call_location()
def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


@specialize.call_location()
def split(pattern, string, maxsplit=0):
    return compile(pattern, 0).split(string, maxsplit)


@specialize.call_location()
def sub(pattern, repl, string, count=0):
    return compile(pattern, 0).sub(repl, string, count)


@specialize.memo()
def compile(pattern, flags=0):
    pattern = str(pattern)
    compiler = program.Compiler(pattern, flags)
    compiler.compile()
    return RSREPattern(pattern, compiler.code, compiler.sets, compiler.groups, compiler.marks, compiler.names)


def escape(pattern):
    pieces = []
    for c in pattern:
        if not c.isalnum():
            pieces.append('\\')
        pieces.append(c)
    return ''.join(pieces)


class RSREPattern(object):
    def __init__(self, pattern, code, sets, groups, marks, names):
        self.pattern = pattern
        self.code = code
        self.sets = sets
        self.groups = groups
        self.marks = marks
        self.groupindex = names

    @specialize.argtype(1)
    def match(self, string, pos=0, endpos=sys.maxint):
        if pos < 0:
            pos = 0
        if endpos > len(string):
            endpos = len(string)
        slots = [-1] * (2 * self.groups + 2)
        if not run(self, string, pos, endpos, 0, slots):
            return None
        return new_match(self, string, slots)

    @specialize.argtype(1)
    def search(self, string, pos=0, endpos=sys.maxint):
        if pos < 0:
            pos = 0
        if endpos > len(string):
            endpos = len(string)
        while pos <= endpos:
            slots = [-1] * (2 * self.groups + 2)
            if run(self, string, pos, endpos, 0, slots):
                return new_match(self, string, slots)
            pos += 1
        return None

    @specialize.argtype(1)
    def finditer(self, string, pos=0, endpos=sys.maxint):
        matches = []
        while pos <= len(string):
            found = self.search(string, pos, endpos)
            if found is None:
                break
            matches.append(found)
            pos = found.end(0)
            if found.start(0) == pos:
                pos += 1
        return iter(matches)

    @specialize.argtype(1)
    def findall(self, string, pos=0, endpos=sys.maxint):
        result = []
        while pos <= len(string):
            found = self.search(string, pos, endpos)
            if found is None:
                break
            if self.groups == 0:
                result.append(found.group(0))
            else:
                item = found.group(1)
                if item is None:
                    item = string[0:0]
                result.append(item)
            pos = found.end(0)
            if found.start(0) == pos:
                pos += 1
        return result

    @specialize.argtype(1)
    def split(self, string, maxsplit=0):
        result = []
        last = 0
        pos = 0
        while pos <= len(string) and (maxsplit == 0 or len(result) < maxsplit):
            found = self.search(string, pos)
            if found is None:
                break
            start = found.start(0)
            end = found.end(0)
            if start == end:
                pos = end + 1
                continue
            result.append(string[last:start])
            i = 1
            while i <= self.groups:
                result.append(found.group(i))
                i += 1
            last = end
            pos = end
        result.append(string[last:])
        return result


    @specialize.argtype(1, 2)
    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    @specialize.argtype(1, 2)
    def subn(self, repl, string, count=0):
        pieces = []
        last = 0
        pos = 0
        n = 0
        while pos <= len(string) and (count == 0 or n < count):
            found = self.search(string, pos)
            if found is None:
                break
            start = found.start(0)
            end = found.end(0)
            if start == end and n > 0 and start == last:
                # Not right behind the match before.
                pos = end + 1
                continue
            pieces.append(string[last:start])
            pieces.append(replacement(repl, found))
            n += 1
            last = end
            pos = end
            if start == end:
                pos += 1
        pieces.append(string[last:])
        return string[0:0].join(pieces), n


@specialize.argtype(0, 1)
def replacement(repl, match):
    if not isinstance(repl, str):
        return repl(match)
    if repl.find('\\') < 0:
        return repl
    pieces = []
    i = 0
    while i < len(repl):
        c = repl[i]
        i += 1
        if c != '\\' or i == len(repl):
            pieces.append(c)
            continue
        c = repl[i]
        i += 1
        if c == 'g' and i < len(repl) and repl[i] == '<':
            end = repl.find('>', i)
            if end < 0:
                raise ValueError('unterminated group name')
            name = repl[i + 1:end]
            i = end + 1
            text = match.group(int(name)) if name.isdigit() else match.group_name(name)
        elif c.isdigit():
            number = ord(c) - 48
            if i < len(repl) and repl[i].isdigit():
                number = number * 10 + ord(repl[i]) - 48
                i += 1
            text = match.group(number)
        elif c == 'n':
            text = '\n'
        elif c == 't':
            text = '\t'
        elif c == 'r':
            text = '\r'
        elif c == '\\':
            text = '\\'
        else:
            text = '\\' + c
        if text is not None:
            pieces.append(text)
    return ''.join(pieces)


@specialize.argtype(1)
def new_match(pattern, string, slots):
    if isinstance(string, unicode):
        return UnicodeMatch(pattern, string, slots)
    return StringMatch(pattern, string, slots)


class Match(object):
    def start(self, group=0):
        return self.slots[2 * group]

    def end(self, group=0):
        return self.slots[2 * group + 1]

    def span(self, group=0):
        return self.start(group), self.end(group)


class StringMatch(Match):
    def __init__(self, pattern, string, slots):
        self.re = pattern
        self.string = string
        self.slots = slots

    def group(self, group=0):
        if group < 0 or group > self.re.groups:
            raise IndexError('no such group')
        start, end = self.span(group)
        if start < 0 or end < 0:
            return None
        return self.string[start:end]

    def groups(self, default=None):
        result = []
        for i in range(1, self.re.groups + 1):
            item = self.group(i)
            result.append(default if item is None else item)
        return result

    def group_name(self, name):
        return self.group(self.re.groupindex[name])


class UnicodeMatch(Match):
    def __init__(self, pattern, string, slots):
        self.re = pattern
        self.text = string
        self.slots = slots

    def group(self, group=0):
        if group < 0 or group > self.re.groups:
            raise IndexError('no such group')
        start, end = self.span(group)
        if start < 0 or end < 0:
            return None
        return self.text[start:end]


@specialize.argtype(0)
def is_word(string, at):
    if at < 0 or at >= len(string):
        return False
    c = ord(string[at])
    return c < 128 and (chr(c).isalnum() or c == 95)


@specialize.argtype(1)
def run(pattern, string, at, end, pc, slots):
    # Ways not tried yet: where the code goes on, and where in the string; what the slots were is undone from a trail.
    code = pattern.code
    marks = [-1] * pattern.marks
    ways = []
    trail = []
    while True:
        op = code[pc]
        ok = True
        if op == CHAR:
            ok = at < end and ord(string[at]) == code[pc + 1]
            at += 1
            pc += 2
        elif op == SET:
            if at < end:
                c = ord(string[at])
                ok = (c < 256 and pattern.sets[code[pc + 1]][c] == '1') != (code[pc + 2] == 1)
            else:
                ok = False
            at += 1
            pc += 3
        elif op == SPLIT:
            ways.append(code[pc + 2])
            ways.append(at)
            ways.append(len(trail))
            pc = code[pc + 1]
        elif op == JUMP:
            pc = code[pc + 1]
        elif op == SAVE:
            trail.append(code[pc + 1])
            trail.append(slots[code[pc + 1]])
            slots[code[pc + 1]] = at
            pc += 2
        elif op == MARK:
            trail.append(-1 - code[pc + 1])
            trail.append(marks[code[pc + 1]])
            marks[code[pc + 1]] = at
            pc += 2
        elif op == MOVED:
            ok = marks[code[pc + 1]] != at
            pc += 2
        elif op == ANY:
            ok = at < end and ord(string[at]) != 10
            at += 1
            pc += 1
        elif op == ANY_ALL:
            ok = at < end
            at += 1
            pc += 1
        elif op == CHAR_IGNORE:
            ok = at < end and (ord(string[at]) == code[pc + 1] or ord(string[at]) == code[pc + 2])
            at += 1
            pc += 3
        elif op == BEGIN:
            ok = at == 0
            pc += 1
        elif op == BEGIN_LINE:
            ok = at == 0 or ord(string[at - 1]) == 10
            pc += 1
        elif op == END:
            ok = at == end or (at + 1 == end and ord(string[at]) == 10)
            pc += 1
        elif op == END_LINE:
            ok = at == end or ord(string[at]) == 10
            pc += 1
        elif op == END_STRING:
            ok = at == end
            pc += 1
        elif op == WORD:
            ok = (is_word(string, at - 1) != is_word(string, at)) != (code[pc + 1] == 1)
            pc += 2
        elif op == BACK:
            start = slots[2 * code[pc + 1]]
            stop = slots[2 * code[pc + 1] + 1]
            if start < 0 or stop < 0:
                ok = False
            else:
                while start < stop and ok:
                    ok = at < end and string[at] == string[start]
                    at += 1
                    start += 1
            pc += 2
        elif op == LOOK:
            found = run(pattern, string, at, end, pc + 3, slots)
            ok = found != (code[pc + 1] == 1)
            pc = code[pc + 2]
        else:
            return True
        if not ok:
            if len(ways) == 0:
                return False
            known = ways.pop()
            at = ways.pop()
            pc = ways.pop()
            while len(trail) > known:
                old = trail.pop()
                slot = trail.pop()
                if slot >= 0:
                    slots[slot] = old
                else:
                    marks[-1 - slot] = old
