class MyError(Exception):
    def __init__(self, code):
        self.code = code
class SubError(MyError):
    pass
def risky(n):
    if n == 0:
        raise MyError(10)
    if n == 1:
        raise SubError(20)
    if n == 2:
        raise ValueError("bad")
    if n == 3:
        return [1, 2, 3][n]
    if n == 4:
        return 10 // (n - 4)
    if n == 5:
        return {"a": 1}["b"]
    return n
def f(n):
    try:
        r = risky(n)
    except SubError, e:
        return -e.code
    except MyError as e:
        return e.code
    except (ValueError, IndexError):
        return 100
    except ZeroDivisionError:
        return 200
    else:
        return r
    finally:
        print "finally", n
def entry_point(argv):
    for i in range(7):
        try:
            print i, f(i)
        except KeyError:
            print "key error"
    try:
        try:
            raise MyError(5)
        finally:
            print "cleanup"
    except MyError as e:
        print "got", e.code
    return 3
