PUSH = 0
ADD = 1
JUMP_IF = 2
DUP = 3
PRINT = 4
DEC = 5


class Frame(object):
    _virtualizable_ = ["stack[*]"]

    def __init__(self):
        self.stack = [0] * 8
        self.top = 0

    def push(self, x):
        self.stack[self.top] = x
        self.top += 1

    def pop(self):
        self.top -= 1
        return self.stack[self.top]


def run(code, n):
    f = Frame()
    f.push(n)
    pc = 0
    out = []
    while pc < len(code):
        op = ord(code[pc])
        pc += 1
        if op == PUSH:
            f.push(ord(code[pc]))
            pc += 1
        elif op == ADD:
            f.push(f.pop() + f.pop())
        elif op == DUP:
            x = f.pop()
            f.push(x)
            f.push(x)
        elif op == DEC:
            f.push(f.pop() - 1)
        elif op == PRINT:
            x = f.pop()
            f.push(x)
            out.append(str(x))
        elif op == JUMP_IF:
            target = ord(code[pc])
            pc += 1
            x = f.pop()
            f.push(x)
            if x:
                pc = target
    return " ".join(out)


def entry_point(argv):
    code = "".join([chr(c) for c in [PRINT, DEC, JUMP_IF, 0, PUSH, 40, ADD, PRINT]])
    print run(code, 4 + len(argv))
    return 0


def target(*args):
    return entry_point
