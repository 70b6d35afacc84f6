# A test right behind a loop may tell ways apart on which a local is None and an int: RPython joins ways where an operation is made.


def find(words, wanted):
    name = None
    index = None
    i = 0
    while i < len(words):
        if words[i] == wanted:
            name = words[i]
            index = i
            break
        i += 1
    if name is None:
        return -1
    return index + 1


def first_even(numbers):
    found = None
    for n in numbers:
        if n == 100:
            continue
        if n % 2 == 0:
            found = n
            break
    if found is None:
        return -1
    return found


def last_even(numbers):
    # Here the loop goes on with what it has found.
    found = -1
    for n in numbers:
        if n % 2 == 0:
            found = n
            if n > 10:
                continue
            found += 1
            if n == 4:
                break
        if found > 5:
            found -= 1
    if found > 0:
        return found
    return 0


def with_else(numbers):
    for n in numbers:
        if n > 2:
            kind = 'big'
            break
    else:
        kind = None
    if kind is None:
        return 'none'
    return kind + str(len(kind))


def entry_point(argv):
    words = 'one two three'.split(' ')
    print find(words, 'two'), find(words, 'ten')
    print first_even([1, 3, 100, 6, 8]), first_even([1, 3]), first_even([100])
    print last_even([12, 3, 1, 2]), last_even([1, 4, 6]), last_even([]), last_even([2, 12])
    print with_else([1, 2]), with_else([1, 2, 3])
    return 0


def target(*args):
    return entry_point


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
