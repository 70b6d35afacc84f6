import os


def entry_point(argv):
    try:
        os.open("/nonexistent/file", os.O_RDONLY, 0)
    except OSError as e:
        print "OSError", e.errno
    try:
        open("/nonexistent/file")
    except IOError as e:
        print "IOError", e.errno
    d = {}
    l = [1]
    try:
        try:
            print l[len(argv)]
        except KeyError:
            print "wrong"
    except LookupError:
        print "LookupError"
    try:
        assert len(argv) > 9, "few"
    except AssertionError:
        print "AssertionError"
    try:
        raise NotImplementedError
    except RuntimeError:
        print "RuntimeError"
    return 0


def target(*args):
    return entry_point
