# rlib.rbisect: where an item belongs in a sorted list.
from rpython.rlib.objectmodel import specialize


@specialize.argtype(0, 1)
def bisect_left(a, x, hi):
    lo = 0
    while lo < hi:
        mid = (lo + hi) >> 1
        if a[mid] < x:
            lo = mid + 1
        else:
            hi = mid
    return lo


@specialize.argtype(0, 1)
def bisect_right(a, x, hi):
    lo = 0
    while lo < hi:
        mid = (lo + hi) >> 1
        if x < a[mid]:
            hi = mid
        else:
            lo = mid + 1
    return lo
