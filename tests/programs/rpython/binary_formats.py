# Strings taken apart by formats (struct), floats of 32 bits by their bits, and what modules do with text while they are imported.
import binascii
import itertools
import os
import re
import struct
import sys

from rpython.rlib.longlong2float import singlefloat2uint, uint2singlefloat
from rpython.rlib.rarithmetic import r_uint32
from rpython.rlib.rstruct.runpack import runpack
from rpython.rtyper.lltypesystem import lltype, rffi

HEADER = '<4sHBbIiQd2x?'
PACKED = struct.pack(HEADER, 'abcdef', 513, 255, -1, 4000000000, -5, 1 << 63, 0.5, True)
FACTS = [
    '{}:{:>4}|{:<4}|{:^5}|{:04d}|{:X}|{:b}'.format('a', 'b', 'c', 'd', 42, 255, 5),
    '{0}{1}{0} {name.__name__} {list[1]} {{}} {1!r}'.format(1, 'x', name=len, list=[3, 4]),
    re.sub('[^01x]', '', 'x1-0 x'), re.sub(r'(\w+) (?P<b>\w+)', r'\g<b> \1', 'one two'), re.sub('a', lambda m: m.group(0).upper(), 'banana', 2),
    str([x for x in re.split('(x*)', 'xx01x1') if x]), str('a-b-c'.rsplit('-', 1)), str('k=v=w'.partition('=')), str('k=v=w'.rpartition('=')),
    str(list(itertools.izip(itertools.count(1), 'ab'))), str(list(itertools.product('ab', [1, 2]))), str(list(itertools.islice(itertools.count(), 2, 7, 2))),
    binascii.hexlify(struct.pack('>IH', 0xdeadbeef, 7)), str(struct.unpack('@bi', struct.pack('@bi', -1, 7))), str(struct.calcsize('@bq')), str(sorted(os.listdir('/')) == sorted(os.listdir('//'))),
]


def make_adders(names):
    # exec without globals: the names are those of the function, and what it defines sees the module.
    exec '\n'.join(['def add_%s(x):\n    return x + OFFSETS["%s"]' % (name, name) for name in names])
    return [add_small, add_big]

OFFSETS = {'small': 1, 'big': 1000}
ADDERS = make_adders(['small', 'big'])


def define_in_caller(name, value):
    sys._getframe(1).f_globals[name] = value

define_in_caller('DEFINED', 17)


class Program(object):
    usage = 'usage: %s %s\n  %d%%'

    def __init__(self):
        self.format = '<I'

    def help(self, name):
        return self.usage % (name, 'file', 9)

    def number(self, data):
        return runpack(self.format, data)

    def main(self, argv):
        for fact in FACTS:
            print fact
        text, half, byte, signed, word, negative, big, real, truth = runpack(HEADER, PACKED)
        print text, half, byte, signed, word, negative, big, truth, real == 0.5, len(PACKED)
        try:
            runpack('<H', 'abc'[0:len(argv)])
        except struct.error:
            print 'too short'
        print runpack('>h', '\xff\xfe')[0] if len(argv) > 5 else self.number('\x01\x02\x00\x00')[0]
        single = rffi.cast(lltype.SingleFloat, 0.1)
        print int(singlefloat2uint(single)), rffi.cast(lltype.Float, uint2singlefloat(r_uint32(0xc0490fdb))) < -3.14159
        print ADDERS[0](len(argv)), ADDERS[1](len(argv)), DEFINED
        print self.help('program')
        zeros = [0] * (1000000 * len(argv))
        zeros[999999] += 5
        floats = [-0.0] * 3
        print len(zeros), zeros[0], zeros[999999], 1.0 / (floats[2] + 1e-300) > 0, [None] * 2 == [None, None], len([zeros] * 4), ([False] * 3)[1]
        return 0


def target(driver, args):
    # A method as the entry point.
    return Program().main
