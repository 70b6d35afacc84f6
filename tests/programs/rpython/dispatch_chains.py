# Chains of comparisons with constants, which become jumps through tables: of ints, of chars, with more conditions between them, sparse ones, and values beyond all cases.
def small(op):
    if op == 0:
        return 10
    elif op == 1:
        return 20
    elif op == 2:
        return 30
    elif op == 3:
        return 40
    elif op == 4:
        return 50
    elif op == 5:
        return 60
    return -1


def twice_named(op, flag):
    if op == 7:
        return 1
    elif op == 8 and flag:
        return 2
    elif op == 9:
        return 3
    elif op == 8:
        return 4
    elif op == 10:
        return 5
    elif op == 11:
        return 6
    elif op == 12 or op == 7:
        return 7
    return 8


def sparse(op):
    if op == -1000000:
        return 1
    elif op == 5:
        return 2
    elif op == 70000:
        return 3
    elif op == 0x7fffffffffffffff:
        return 4
    elif op == -0x7fffffffffffffff - 1:
        return 5
    elif op == 1 << 40:
        return 6
    return 0


def text(c):
    if c == '+':
        return 1
    elif c == '-':
        return 2
    elif c == '*':
        return 3
    elif c == '/':
        return 4
    elif c == '\xff':
        return 5
    elif c == '\0':
        return 6
    return 0


def run(code):
    # The value is changed between tests.
    total = 0
    pc = 0
    while pc < len(code):
        op = ord(code[pc]) - ord('a')
        if op == 0:
            total += 1
        if op == 1:
            total *= 2
        if op == 2:
            op = 3
        if op == 3:
            total -= 3
        if op == 4:
            pc += 1
        elif op == 5:
            total ^= 12345
        elif op == 6:
            pass
        pc += 1
    return total


def entry_point(argv):
    print(" ".join([str(small(i)) for i in range(-2, 9)]))
    print(" ".join([str(small(i)) for i in [1 << 32, -1 << 32, (1 << 32) + 3, -(1 << 62)]]))
    print(" ".join([str(twice_named(i, i % 2 == 0)) + str(twice_named(i, i % 2 == 1)) for i in range(5, 15)]))
    print(" ".join([str(sparse(i)) for i in [-1000000, 5, 70000, 0x7fffffffffffffff, -0x7fffffffffffffff - 1, 1 << 40, 0, 1, -1, 6]]))
    print(" ".join([str(text(c)) for c in "+-*/\xff\0 a,"]))
    print("%d" % run("aabbcdefgaxabfed" * 7))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
