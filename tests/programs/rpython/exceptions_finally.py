def f(n):
    log = []
    try:
        log.append("body")
        if n == 1:
            raise KeyError
        if n == 2:
            return log
        log.append("end")
    except KeyError:
        log.append("caught")
    finally:
        log.append("finally")
    log.append("after")
    return log


def g(n, log):
    for i in range(5):
        try:
            if i == n:
                break
            if i == 1:
                continue
            log.append(i)
        finally:
            log.append(-i)


def entry_point(argv):
    for n in range(3 + len(argv)):
        print f(n)
    log = [0]
    g(3, log)
    print log
    return 0


def target(*args):
    return entry_point
