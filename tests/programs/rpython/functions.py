def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
def entry_point(argv):
    i = 0
    total = 0
    while i < 10:
        total += fib(i)
        i += 1
    print "total", total
    for k in range(3):
        print k, -7 // (k + 2), -7 % (k + 2)
    return 0
def target(*args):
    return entry_point, None
