# rlib.rsre.rpy: patterns compiled while modules are imported.
from rpython.rlib.rsre.rsre_re import compile


def get_code(pattern, flags=0):
    # RPython's code is a list of ints; this is what rsre_core takes here.
    return compile(pattern, flags)
