# Finalizers: the methods __del__ of instances that the collector has found unreachable, and queues of such instances (rgc.FinalizerQueue).
import _mu
from rpython.rlib.unroll import unrolling_iterable


class State(object):
    running = False

state = State()


class Finalized(object):
    # Programs that have queues only need some class with __del__.
    def __del__(self):
        pass

state.nothing = Finalized()
known = []
queues = unrolling_iterable([])


def add_queue(queue):
    # While modules are imported: gives a queue its number and its lists.
    global queues
    known.append(queue)
    queue._number = len(known)
    queue._dead = []
    queue._is_fresh = [False]
    queue.Class._finalizer_queue = 0
    queues = unrolling_iterable(known)


def enqueued(x):
    for queue in queues:
        if isinstance(x, queue.Class):
            if x._finalizer_queue == queue._number:
                queue._dead.append(x)
                queue._is_fresh[0] = True
                return True
    return False


def trigger_queues():
    # Tells the queues that have got something; whether there was any.
    result = False
    for queue in queues:
        if queue._is_fresh[0]:
            queue._is_fresh[0] = False
            result = True
            try:
                queue.finalizer_trigger()
            except Exception:
                pass
    return result


def run():
    # A collection inside a finalizer leaves what it finds to the loop outside.
    if state.running:
        return
    state.running = True
    while True:
        x = _mu.take_finalizable()
        if x is None:
            if not trigger_queues():
                break
        elif x is not state.nothing and not enqueued(x):
            try:
                x.__del__()
            except Exception:
                # As in RPython: nobody is there to catch it.
                pass
    state.running = False
