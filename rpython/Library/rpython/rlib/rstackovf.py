# rlib.rstackovf: what arrives when the stack overflows.


StackOverflow = RuntimeError
_StackOverflow = RuntimeError


def check_stack_overflow():
    pass
