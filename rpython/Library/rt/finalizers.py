# Finalizers: the methods __del__ of instances that the collector has found unreachable.
import _mu


class State(object):
    running = False

state = State()


def run():
    # A collection inside a finalizer leaves what it finds to the loop outside.
    if state.running:
        return
    state.running = True
    while True:
        x = _mu.take_finalizable()
        if x is None:
            break
        try:
            x.__del__()
        except Exception:
            # As in RPython: nobody is there to catch it.
            pass
    state.running = False
