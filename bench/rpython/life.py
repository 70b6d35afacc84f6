# A grid of ints, neighbours by index.
SIZE = 96


def step(cells):
    after = [0] * (SIZE * SIZE)
    for y in range(SIZE):
        for x in range(SIZE):
            near = 0
            for dy in range(-1, 2):
                for dx in range(-1, 2):
                    if dx or dy:
                        near += cells[(y + dy) % SIZE * SIZE + (x + dx) % SIZE]
            if near == 3 or (near == 2 and cells[y * SIZE + x]):
                after[y * SIZE + x] = 1
    return after


def run(n):
    cells = [0] * (SIZE * SIZE)
    for i in range(SIZE * SIZE):
        if i * i % 11 < 4 and i % 13 != 5:
            cells[i] = 1
    for i in range(n):
        cells = step(cells)
    total = 0
    for c in cells:
        total += c
    return total


def entry_point(argv):
    n = 2000
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
