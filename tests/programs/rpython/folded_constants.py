# What is computed of constants while the program is compiled: complex numbers, long ints, buffers. Compiled code sees the results alone.
OMEGA = complex(-0.5, 0.75)
TABLE = [(OMEGA * k).real for k in range(3)]


def entry_point(argv):
    j = 1j
    z = 3 + 4j
    print j, z, z * j, z - 3, -z, abs(z), z.imag
    print 'magnitude %d' % int(abs(z)), str(z / 2), OMEGA.imag > 0.5
    x = -1024
    y = 42
    print divmod(x, y), pow(x, y)
    print buffer('this is a string', 10, 6), int(TABLE[2] * len(argv))
    if z:
        print 'not zero'
    return 0

if __name__ == '__main__':
    import sys
    sys.exit(entry_point(sys.argv))
