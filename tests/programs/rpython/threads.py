# Threads of rlib.rthread: they share objects, locks keep them apart, and each makes garbage of its own.
import time
from rpython.rlib import rthread


class Shared(object):
    def __init__(self):
        self.count = 0
        self.running = 0
        self.lock = None
        self.results = []

shared = Shared()
local = rthread.ThreadLocalReference(Shared)


def work():
    mine = Shared()
    local.set(mine)
    total = 0
    for i in range(2000):
        l = [str(i)] * 3
        total += len(l)
        local.get().count += 1
        with shared.lock:
            shared.count += 1
    with shared.lock:
        shared.results.append(total + mine.count)
        shared.running -= 1


def entry_point(argv):
    shared.lock = rthread.allocate_lock()
    shared.running = 4
    idents = []
    for i in range(4):
        idents.append(rthread.start_new_thread(work, ()))
    while True:
        with shared.lock:
            if shared.running == 0:
                break
        time.sleep(0.001)
    print shared.count, shared.results
    print local.get() is None
    for i in range(4):
        assert idents[i] != rthread.get_ident()
        for j in range(i):
            assert idents[i] != idents[j]
    lock = rthread.allocate_lock()
    print lock.acquire(False), lock.acquire(False), lock.is_acquired(), lock.acquire_timed(1000) == rthread.RPY_LOCK_FAILURE
    lock.release()
    print lock.is_acquired()
    try:
        lock.release()
    except rthread.error:
        print 'not acquired'
    return 0


def target(*args):
    return entry_point, None
