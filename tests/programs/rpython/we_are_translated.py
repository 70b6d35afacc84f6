from rpython.rlib.objectmodel import we_are_translated
from rpython.rlib import jit


def slow():
    import nonexistent_module
    return nonexistent_module.value

driver = jit.JitDriver(greens=["pc"], reds=["acc"], name="test")


@jit.elidable
def square(x):
    return x * x


@jit.unroll_safe
def loop(n):
    acc = 0
    pc = 0
    while pc < n:
        driver.jit_merge_point(pc=pc, acc=acc)
        acc += jit.promote(square(pc))
        pc += 1
        driver.can_enter_jit(pc=pc, acc=acc)
    return acc


def entry_point(argv):
    print loop(10 * len(argv)), jit.we_are_jitted()
    return 0


def target(*args):
    return entry_point
