# gc


def collect(generation=2):
    pass


def enable():
    pass


def disable():
    pass


def get_debug():
    return 0
