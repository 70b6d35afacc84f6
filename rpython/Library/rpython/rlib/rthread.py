# Threads, which run at the same time: there is no global lock. Locks are POSIX semaphores, as RPython's own are; a thread that waits does not hold up the collector.
from rpython.rtyper.lltypesystem import lltype, rffi
import _mu

TIMEOUT_MAX = 9223372036854.0
RPY_LOCK_FAILURE, RPY_LOCK_ACQUIRED, RPY_LOCK_INTR = range(3)

_SEM = rffi.CArray(lltype.Signed)
_SEM_WORDS = 4
_sem_init = rffi.llexternal('sem_init', [lltype.Ptr(_SEM), rffi.INT, rffi.UINT], rffi.INT)
_sem_destroy = rffi.llexternal('sem_destroy', [lltype.Ptr(_SEM)], rffi.INT)
_sem_wait = rffi.llexternal('sem_wait', [lltype.Ptr(_SEM)], rffi.INT)
_sem_trywait = rffi.llexternal('sem_trywait', [lltype.Ptr(_SEM)], rffi.INT)
_sem_timedwait = rffi.llexternal('sem_timedwait', [lltype.Ptr(_SEM), lltype.Ptr(_SEM)], rffi.INT)
_sem_post = rffi.llexternal('sem_post', [lltype.Ptr(_SEM)], rffi.INT)


class error(Exception):
    pass


class RThreadError(error):
    pass


def get_ident():
    return _mu.thread_number()


def get_or_make_ident():
    return get_ident()


def start_new_thread(x, y):
    # The function takes no arguments, as in RPython.
    assert len(y) == 0
    return _mu.start_thread(x)

start_new_thread._annspecialcase_ = 'specialize:arg(0)'


def ll_start_new_thread(x):
    return _mu.start_thread(x)

ll_start_new_thread._annspecialcase_ = 'specialize:arg(0)'


class Lock(object):
    def __init__(self):
        self._sem = lltype.malloc(_SEM, _SEM_WORDS, flavor='raw', zero=True)
        _sem_init(self._sem, rffi.cast(rffi.INT, 0), rffi.cast(rffi.UINT, 1))

    def acquire(self, flag=True):
        if flag:
            while rffi.cast(lltype.Signed, _sem_wait(self._sem)) != 0:
                pass
            return True
        return rffi.cast(lltype.Signed, _sem_trywait(self._sem)) == 0

    def acquire_timed(self, microseconds):
        # RPY_LOCK_ACQUIRED or RPY_LOCK_FAILURE; a negative time waits for ever
        if microseconds < 0:
            self.acquire(True)
            return RPY_LOCK_ACQUIRED
        end = int(_mu.time() * 1000000.0) + microseconds
        until = lltype.malloc(_SEM, 2, flavor='raw')
        until[0] = end // 1000000
        until[1] = end % 1000000 * 1000
        failed = rffi.cast(lltype.Signed, _sem_timedwait(self._sem, until)) != 0
        lltype.free(until, flavor='raw')
        if failed:
            return RPY_LOCK_FAILURE
        return RPY_LOCK_ACQUIRED

    def is_acquired(self):
        if self.acquire(False):
            self.release()
            return False
        return True

    def release(self):
        if rffi.cast(lltype.Signed, _sem_trywait(self._sem)) == 0:
            _sem_post(self._sem)
            raise error("bad lock")
        _sem_post(self._sem)

    def release_maybe(self):
        if not self.is_acquired():
            return False
        self.release()
        return True

    def __enter__(self):
        self.acquire(True)

    def __exit__(self, *args):
        self.release()


def allocate_lock():
    return Lock()


def allocate_ll_lock():
    return Lock()




class ThreadLocalReference(object):
    # A value for each thread. Modules make these.
    def __init__(self, Cls, loop_invariant=False):
        self.Cls = Cls
        self.values = {}
        self.guard = _Guard()

    def get(self):
        lock = self.guard.get()
        lock.acquire(True)
        value = self.values.get(get_ident(), None)
        lock.release()
        return value

    def set(self, value):
        lock = self.guard.get()
        lock.acquire(True)
        self.values[get_ident()] = value
        lock.release()

    def getraw(self):
        return self.get()


class _Guard(object):
    # A lock that is made when it is needed first; modules cannot make one.
    def __init__(self):
        self.lock = None

    def get(self):
        if self.lock is None:
            self.lock = Lock()
        return self.lock


def gc_thread_run():
    pass


def gc_thread_start():
    pass


def gc_thread_die():
    pass


def gc_thread_after_fork(result_of_fork, opaqueaddr):
    pass
