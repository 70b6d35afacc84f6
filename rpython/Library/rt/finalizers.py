# Finalizers: the methods __del__ of instances that the collector has found unreachable.
import _mu


def run():
    while True:
        x = _mu.take_finalizable()
        if x is None:
            return
        try:
            x.__del__()
        except Exception:
            # As in RPython: nobody is there to catch it.
            pass
