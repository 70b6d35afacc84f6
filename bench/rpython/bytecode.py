# An interpreter: a loop over opcodes with a stack in a list.
PUSH, ADD, SUB, MUL, MOD, DUP, SWAP, JUMP_IF, HALT = range(9)


class Frame(object):
    def __init__(self, code):
        self.code = code
        self.stack = [0] * 16
        self.top = 0

    def push(self, value):
        self.stack[self.top] = value
        self.top += 1

    def pop(self):
        self.top -= 1
        return self.stack[self.top]


def interpret(frame):
    pc = 0
    code = frame.code
    while True:
        op = code[pc]
        pc += 1
        if op == PUSH:
            frame.push(code[pc])
            pc += 1
        elif op == ADD:
            b = frame.pop()
            frame.push(frame.pop() + b)
        elif op == SUB:
            b = frame.pop()
            frame.push(frame.pop() - b)
        elif op == MUL:
            b = frame.pop()
            frame.push(frame.pop() * b)
        elif op == MOD:
            b = frame.pop()
            frame.push(frame.pop() % b)
        elif op == DUP:
            b = frame.pop()
            frame.push(b)
            frame.push(b)
        elif op == SWAP:
            b = frame.pop()
            a = frame.pop()
            frame.push(b)
            frame.push(a)
        elif op == JUMP_IF:
            if frame.pop():
                pc = code[pc]
            else:
                pc += 1
        else:
            return frame.pop()


def run(n):
    # accumulator, counter: acc = (acc * 3 + 1) mod 65521, counter -= 1
    code = [PUSH, 1, PUSH, n // 12,
            SWAP, PUSH, 3, MUL, PUSH, 1, ADD, PUSH, 65521, MOD, SWAP,
            PUSH, 1, SUB, DUP, JUMP_IF, 4, SWAP, HALT]
    return interpret(Frame(code))


def entry_point(argv):
    n = 60000000
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
