# rgc.FinalizerQueue: dead instances are given to the program, which asks for them.
import gc
from rpython.rlib import rgc


class Log(object):
    triggered = 0
    deleted = 0

log = Log()


class File(object):
    def __init__(self, n):
        self.n = n
        self.peer = None


class Socket(File):
    def __init__(self, n, name):
        File.__init__(self, n)
        self.name = name


class Window(object):
    def __init__(self, title):
        self.title = title


class WithDel(object):
    def __del__(self):
        log.deleted += 1


class FileQueue(rgc.FinalizerQueue):
    Class = File

    def finalizer_trigger(self):
        log.triggered += 1


class WindowQueue(rgc.FinalizerQueue):
    Class = Window

    def finalizer_trigger(self):
        while True:
            w = self.next_dead()
            if w is None:
                break
            closed.append(w.title)

closed = []
files = FileQueue()
windows = WindowQueue()


def make(n, keep):
    for i in range(n):
        f = File(i)
        f.peer = File(10000)
        files.register_finalizer(f)
        s = Socket(i * 100, "socket" + str(i))
        files.register_finalizer(s)
        if i % 10 == 5:
            keep.append(f)
        windows.register_finalizer(Window("title" + str(i)))
        File(i)
        WithDel()


def work(depth):
    if depth == 0:
        return 0
    return len([depth] * depth) + work(depth - 1)


def settle():
    work(60)
    for i in range(3):
        gc.collect()


def entry_point(argv):
    keep = []
    make(30 * len(argv), keep)
    settle()
    # What is still found on the stack may live a little longer.
    print int(log.triggered > 0), int(27 <= len(closed) <= 30), int(log.deleted >= 27)
    seen = {}
    sockets = 0
    while True:
        f = files.next_dead()
        if f is None:
            break
        assert f.n not in seen or f.n == 0
        assert f.n != 10000
        seen[f.n] = True
        if isinstance(f, Socket):
            assert f.name == "socket" + str(f.n // 100)
            sockets += 1
        else:
            assert f.peer.n == 10000
    print int(sockets >= 27), int(50 <= len(seen) <= 57)
    print len(keep), int(5 in seen), int(15 in seen)
    print int("title7" in closed), int("none" in closed)
    return 0


def target(driver, args):
    return entry_point, None
