# Regular expressions to programs for the matcher. This runs while modules are imported: patterns are constants.

CHAR = 1        # c: that character
ANY = 2         # any but a newline
ANY_ALL = 3
SET = 4         # number, negated: one of sets[number]
SPLIT = 5       # a, b: try a, then b
JUMP = 6        # a
SAVE = 7        # slot: the position is kept
BEGIN = 8       # of the string
BEGIN_LINE = 9
END = 10        # of the string, or before a newline there
END_LINE = 11
END_STRING = 12
WORD = 13       # negated: a boundary of a word
BACK = 14       # group: what it matched
LOOK = 15       # negated, end: what follows up to end matches here
MATCH = 16
CHAR_IGNORE = 17  # lower, upper
MARK = 18       # slot: where a turn of a loop begins
MOVED = 19      # slot: fails when the turn matched nothing

IGNORECASE = 2
LOCALE = 4
MULTILINE = 8
DOTALL = 16
UNICODE = 32
VERBOSE = 64

DIGITS = '0123456789'
SPACES = ' \t\n\r\x0b\x0c'
WORDS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'
ESCAPES = {'n': '\n', 't': '\t', 'r': '\r', 'v': '\x0b', 'f': '\x0c', 'a': '\x07', 'b': '\x08', '0': '\x00'}


class error(Exception):
    pass


class Compiler(object):
    def __init__(self, pattern, flags):
        self.pattern = pattern
        self.flags = flags
        self.at = 0
        self.groups = 0
        self.names = {}
        self.code = []
        self.sets = []
        self.marks = 0

    def peek(self):
        if self.at < len(self.pattern):
            return self.pattern[self.at]
        return ''

    def take(self):
        c = self.peek()
        self.at += 1
        return c

    def take_if(self, text):
        if self.pattern[self.at:self.at + len(text)] == text:
            self.at += len(text)
            return True
        return False

    def emit(self, *words):
        self.code.extend(words)

    def compile(self):
        self.emit(SAVE, 0)
        self.alternatives()
        if self.at < len(self.pattern):
            raise error('unbalanced parenthesis in ' + self.pattern)
        self.emit(SAVE, 1, MATCH)

    def alternatives(self):
        start = len(self.code)
        self.sequence()
        exits = []
        while self.take_if('|'):
            self.insert(start, [SPLIT, start + 3, 0])
            self.emit(JUMP, 0)
            exits.append(len(self.code) - 1)
            self.code[start + 2] = len(self.code)
            start = len(self.code)
            self.sequence()
        for at in exits:
            self.code[at] = len(self.code)

    def insert(self, at, words):
        # Code from there on moves; targets in it move with it.
        moved = relocate(self.code[at:], at, len(words))
        self.code[at:] = words + moved

    def sequence(self):
        while self.at < len(self.pattern) and self.peek() not in '|)':
            start = len(self.code)
            groups = self.groups
            if self.atom():
                self.repeats(start)

    def atom(self):
        c = self.take()
        if self.flags & VERBOSE:
            if c in SPACES:
                return False
            if c == '#':
                while self.at < len(self.pattern) and self.take() != '\n':
                    pass
                return False
        if c == '.':
            self.emit(ANY_ALL if self.flags & DOTALL else ANY)
        elif c == '^':
            self.emit(BEGIN_LINE if self.flags & MULTILINE else BEGIN)
        elif c == '$':
            self.emit(END_LINE if self.flags & MULTILINE else END)
        elif c == '(':
            return self.group()
        elif c == '[':
            self.character_set()
        elif c == '\\':
            self.escape(self.take())
        else:
            self.character(c)
        return True

    def character(self, c):
        if self.flags & IGNORECASE and c.lower() != c.upper():
            self.emit(CHAR_IGNORE, ord(c.lower()), ord(c.upper()))
        else:
            self.emit(CHAR, ord(c))

    def group(self):
        number = -1
        if self.take_if('?:'):
            pass
        elif self.take_if('?=') or self.take_if('?!'):
            negated = int(self.pattern[self.at - 1] == '!')
            self.emit(LOOK, negated, 0)
            hole = len(self.code) - 1
            self.alternatives()
            self.emit(MATCH)
            self.code[hole] = len(self.code)
            self.close()
            return True
        elif self.take_if('?#'):
            while self.peek() != ')':
                self.take()
            self.close()
            return False
        elif self.take_if('?P='):
            name = self.name(')')
            self.emit(BACK, self.names[name])
            return True
        elif self.take_if('?P<'):
            self.groups += 1
            number = self.groups
            self.names[self.name('>')] = number
        elif self.take_if('?'):
            while self.peek() != ')':
                self.flags |= {'i': IGNORECASE, 'm': MULTILINE, 's': DOTALL, 'x': VERBOSE, 'u': UNICODE, 'L': LOCALE}[self.take()]
            self.close()
            return False
        else:
            self.groups += 1
            number = self.groups
        if number >= 0:
            self.emit(SAVE, 2 * number)
        self.alternatives()
        if number >= 0:
            self.emit(SAVE, 2 * number + 1)
        self.close()
        return True

    def close(self):
        if not self.take_if(')'):
            raise error('unbalanced parenthesis in ' + self.pattern)

    def name(self, end):
        start = self.at
        while self.peek() != end:
            self.take()
        self.at += 1
        return self.pattern[start:self.at - 1]

    def class_of(self, c):
        # The characters of \d and its like, and whether it is negated
        if c in 'dD':
            return DIGITS, c == 'D'
        if c in 'sS':
            return SPACES, c == 'S'
        if c in 'wW':
            return WORDS, c == 'W'
        return None, False

    def escape(self, c):
        chars, negated = self.class_of(c)
        if chars is not None:
            self.emit_set(chars, negated)
        elif c == 'b' or c == 'B':
            self.emit(WORD, int(c == 'B'))
        elif c == 'A':
            self.emit(BEGIN)
        elif c == 'Z':
            self.emit(END_STRING)
        elif c in '123456789':
            self.emit(BACK, int(c))
        else:
            self.character(self.escaped(c))

    def escaped(self, c):
        if c == 'x':
            self.at += 2
            return chr(int(self.pattern[self.at - 2:self.at], 16))
        if c in ESCAPES:
            return ESCAPES[c]
        return c

    def character_set(self):
        negated = self.take_if('^')
        chars = []
        complement = None
        first = True
        while first or self.peek() != ']':
            first = False
            c = self.take()
            if c == '':
                raise error('unexpected end of regular expression')
            if c == '\\':
                c = self.take()
                of_class, inverted = self.class_of(c)
                if of_class is not None:
                    if inverted:
                        chars.extend([chr(i) for i in range(256) if chr(i) not in of_class])
                    else:
                        chars.extend([x for x in of_class])
                    continue
                c = self.escaped(c)
            if self.peek() == '-' and self.pattern[self.at + 1:self.at + 2] != ']':
                self.take()
                high = self.take()
                if high == '\\':
                    high = self.escaped(self.take())
                chars.extend([chr(i) for i in range(ord(c), min(ord(high), 255) + 1)])
            else:
                chars.append(c)
        self.take()
        if self.flags & IGNORECASE:
            chars = chars + [c.lower() for c in chars] + [c.upper() for c in chars]
        self.emit_set(chars, negated)

    def emit_set(self, chars, negated):
        members = ['0'] * 256
        for c in chars:
            if ord(c) < 256:
                members[ord(c)] = '1'
        self.sets.append(''.join(members))
        self.emit(SET, len(self.sets) - 1, int(negated))

    def repeats(self, start):
        low, high = -1, -1
        c = self.peek()
        if c == '*':
            low, high = 0, -1
        elif c == '+':
            low, high = 1, -1
        elif c == '?':
            low, high = 0, 1
        elif c == '{':
            end = self.pattern.find('}', self.at)
            bounds = self.pattern[self.at + 1:end].split(',')
            if end < 0 or not bounds[0].isdigit() and bounds[0] != '':
                return
            low = int(bounds[0] or '0')
            if len(bounds) == 1:
                high = low
            elif bounds[1] != '':
                high = int(bounds[1])
            self.at = end
        else:
            return
        self.at += 1
        lazy = self.take_if('?')
        body = self.code[start:]
        del self.code[start:]
        for i in range(low):
            self.copy(body, start)
        if high < 0:
            self.loop(body, start, lazy)
        else:
            exits = []
            for i in range(high - low):
                exits.append(len(self.code))
                self.emit(SPLIT, 0, 0)
                self.copy(body, start)
            for at in exits:
                self.split(at, at + 3, len(self.code), lazy)

    def copy(self, body, start):
        self.emit(*relocate(body, start, len(self.code) - start))

    def split(self, at, inside, outside, lazy):
        if lazy:
            inside, outside = outside, inside
        self.code[at + 1] = inside
        self.code[at + 2] = outside

    def loop(self, body, start, lazy):
        slot = self.marks
        self.marks += 1
        head = len(self.code)
        self.emit(SPLIT, 0, 0, MARK, slot)
        self.copy(body, start)
        self.emit(MOVED, slot, JUMP, head)
        self.split(head, head + 3, len(self.code), lazy)


LENGTHS = {CHAR: 2, ANY: 1, ANY_ALL: 1, SET: 3, SPLIT: 3, JUMP: 2, SAVE: 2, BEGIN: 1, BEGIN_LINE: 1, END: 1, END_LINE: 1, END_STRING: 1,
           WORD: 2, BACK: 2, LOOK: 3, MATCH: 1, CHAR_IGNORE: 3, MARK: 2, MOVED: 2}


def relocate(code, start, distance):
    # A piece of code that was at start, elsewhere: targets inside of it move.
    code = code[:]
    end = start + len(code)
    at = 0
    while at < len(code):
        op = code[at]
        targets = []
        if op == SPLIT:
            targets = [at + 1, at + 2]
        elif op == JUMP:
            targets = [at + 1]
        elif op == LOOK:
            targets = [at + 2]
        for t in targets:
            if start <= code[t] <= end:
                code[t] += distance
        at += LENGTHS[op]
    return code
