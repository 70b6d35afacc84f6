# What C's headers say, asked from the compiler of C while modules are imported: constants, types, structs.
import os
import subprocess
import tempfile
from rpython.rtyper.lltypesystem import lltype, rffi


class CompilationError(Exception):
    pass


class _Entry(object):
    # lines() are statements of C that print what read() understands.
    def __init__(self, name):
        self.name = name


class ConstantInteger(_Entry):
    def lines(self, key):
        return ['printf("%s %%lld\\n", (long long)(%s));' % (key, self.name)]

    def read(self, values):
        return int(values[0])


class DefinedConstantInteger(ConstantInteger):
    def lines(self, key):
        return ['#ifdef ' + self.name] + ConstantInteger.lines(self, key) + ['#endif']

    def read(self, values):
        return int(values[0]) if values else None


class Defined(_Entry):
    def lines(self, key):
        return ['#ifdef ' + self.name, 'printf("%s 1\\n");' % key, '#endif']

    def read(self, values):
        return bool(values)


class DefinedConstantDouble(_Entry):
    def lines(self, key):
        return ['#ifdef ' + self.name, 'printf("%s %%.17g\\n", (double)(%s));' % (key, self.name), '#endif']

    def read(self, values):
        return float(values[0]) if values else None


class DefinedConstantString(_Entry):
    def __init__(self, macro, name=None):
        _Entry.__init__(self, name or macro)
        self.macro = macro

    def lines(self, key):
        return ['#ifdef ' + self.macro, 'printf("%s %%s\\n", %s);' % (key, self.name), '#endif']

    def read(self, values):
        return ' '.join(values) if values else None


class Has(_Entry):
    def lines(self, key):
        return []

    def read(self, values):
        return bool(values)


class SizeOf(_Entry):
    def lines(self, key):
        return ['printf("%s %%ld\\n", (long)sizeof(%s));' % (key, self.name)]

    def read(self, values):
        return int(values[0])


class SimpleType(_Entry):
    def __init__(self, name, ctype_hint=rffi.INT, ifdef=None):
        _Entry.__init__(self, name)
        self.hint = ctype_hint

    def lines(self, key):
        return ['printf("%s %%ld %%d\\n", (long)sizeof(%s), (%s)-1 > (%s)0);' % (key, self.name, self.name, self.name)]

    def read(self, values):
        return _integer(self.name, int(values[0]), values[1] == '0') if self.hint.kind == 'int' else self.hint


class SimpleTypeIfConfigured(SimpleType):
    pass


class Struct(_Entry):
    def __init__(self, name, fields, ifdef=None):
        _Entry.__init__(self, name)
        self.fields = fields

    def lines(self, key):
        result = ['{', '%s probe;' % self.name, 'printf("%s %%ld %%ld", (long)sizeof(%s), (long)_Alignof(%s));' % (key, self.name, self.name)]
        for field, T in self.fields:
            sign = 'probe.%s = -1, probe.%s > 0' % (field, field) if T.kind == 'int' else '0'
            result.append('printf(" %%ld %%ld %%d", (long)((char *)&probe.%s - (char *)&probe), (long)sizeof(probe.%s), (int)(%s));' % (field, field, sign))
        return result + ['printf("\\n");', '}']

    def read(self, values):
        S = lltype.Struct(self.name)
        S.size = int(values[0])
        S.alignment = int(values[1])
        at = 2
        for field, T in self.fields:
            if T.kind == 'int':
                T = _integer(T.name, int(values[at + 1]), values[at + 2] == '0')
            S.names.append('c_' + field)
            S.offsets['c_' + field] = int(values[at])
            S.types['c_' + field] = T
            at += 3
        return S


def _integer(name, size, signed):
    for T in (rffi.SIGNED, rffi.UNSIGNED, rffi.INT, rffi.UINT, rffi.SHORT, rffi.USHORT, rffi.SIGNEDCHAR, rffi.UCHAR):
        if T.size == size and T.signed == signed:
            return T
    raise TypeError('%s has %d bytes' % (name, size))


def _compile(eci, lines):
    # The output of a C program; None when it does not compile.
    folder = tempfile.mkdtemp()
    source = os.path.join(folder, 'ask.c')
    program = os.path.join(folder, 'ask')
    text = '\n'.join(['#include <stdio.h>'] + eci.bits + ['#include <%s>' % name for name in eci.includes] + ['int main(void) {'] + lines + ['return 0; }', ''])
    with open(source, 'w') as f:
        f.write(text)
    command = [os.environ.get('CC', 'cc'), '-w', '-o', program, source] + ['-I' + path for path in eci.include_dirs]
    command += eci.options + ['-L' + path for path in eci.library_dirs] + ['-l' + name for name in eci.libraries]
    try:
        try:
            subprocess.check_output(command, stderr=subprocess.PIPE)
        except subprocess.CalledProcessError:
            return None
        return subprocess.check_output([program])
    finally:
        for path in (source, program):
            if os.path.exists(path):
                os.unlink(path)
        os.rmdir(folder)


def configure(CConfig, ignore_errors=False):
    eci = CConfig._compilation_info_
    entries = [(key, getattr(CConfig, key)) for key in dir(CConfig) if isinstance(getattr(CConfig, key), _Entry)]
    lines = []
    for key, entry in entries:
        lines.extend(entry.lines(key))
    output = _compile(eci, lines)
    if output is None:
        raise CompilationError('C does not know %s' % ', '.join([entry.name for key, entry in entries]))
    values = {}
    for line in output.splitlines():
        words = line.split(' ')
        values[words[0]] = words[1:]
    result = {}
    for key, entry in entries:
        if isinstance(entry, Has):
            result[key] = _compile(eci, ['(void)(%s);' % entry.name]) is not None
        else:
            result[key] = entry.read(values.get(key, []))
    return result


def getconstantinteger(name, c_header_source, include_dirs=[]):
    return int(_compile(_Source(c_header_source), ['printf("%%lld", (long long)(%s));' % name]))


def has(name, c_header_source, include_dirs=[]):
    return _compile(_Source(c_header_source), ['(void)(%s);' % name]) is not None


def sizeof(name, eci, **kwds):
    return int(_compile(eci, ['printf("%%ld", (long)sizeof(%s));' % name]))


class _Source(object):
    def __init__(self, text):
        self.bits = [text]
        self.includes = self.include_dirs = self.libraries = self.library_dirs = self.options = []
