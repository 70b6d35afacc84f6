def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def is_even(n):
    if n == 0:
        return True
    return is_odd(n - 1)


def is_odd(n):
    if n == 0:
        return False
    return is_even(n - 1)


def hanoi(n, a, b, c, moves):
    if n:
        hanoi(n - 1, a, c, b, moves)
        moves.append((a, c))
        hanoi(n - 1, b, a, c, moves)


def entry_point(argv):
    print ackermann(2, 3 + len(argv)), is_even(10), is_even(7)
    moves = []
    hanoi(5, 1, 2, 3, moves)
    print len(moves), moves[0], moves[-1]
    return 0


def target(*args):
    return entry_point
