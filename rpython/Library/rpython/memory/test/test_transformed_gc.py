# rpython.memory.test.test_transformed_gc: the hooks of RPython's own collector that its benchmark gcbench counts. Nothing calls them here.


class GcHooksStats(object):
    minors = 0
    steps = 0
    collects = 0

    def reset(self):
        self.minors = 0
        self.steps = 0
        self.collects = 0


class MyGcHooks(object):
    def __init__(self, stats=None):
        self.stats = stats
