# rlib.listsort: sorting with an order of one's own, stable. A class for each kind of list, as in RPython.
import _mu


def make_timsort_class(getitem=None, setitem=None, length=None, getitem_slice=None, lt=None):
    class TimSort(object):
        def __init__(self, list, listlength=-1):
            self.list = list
            if listlength < 0:
                listlength = len(list)
            self.listlength = listlength

        def lt(self, a, b):
            return a < b

        def sort(self):
            # A merge sort from runs of one item up, between the list and a copy of it.
            n = self.listlength
            if n < 2:
                return
            original = self.list
            source = original
            target = original[:]
            width = 1
            while width < n:
                low = 0
                while low < n:
                    middle = low + width
                    if middle > n:
                        middle = n
                    high = middle + width
                    if high > n:
                        high = n
                    i = low
                    j = middle
                    k = low
                    while k < high:
                        if i < middle and (j >= high or not self.lt(source[j], source[i])):
                            target[k] = source[i]
                            i += 1
                        else:
                            target[k] = source[j]
                            j += 1
                        k += 1
                    low = high
                source, target = target, source
                width *= 2
            if source is not original:
                i = 0
                while i < n:
                    original[i] = source[i]
                    i += 1

    return TimSort

TimSort = make_timsort_class()
