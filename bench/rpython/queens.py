# Backtracking over lists of bools.
class Board(object):
    def __init__(self, n):
        self.n = n
        self.columns = [False] * n
        self.up = [False] * (2 * n)
        self.down = [False] * (2 * n)

    def place(self, row):
        if row == self.n:
            return 1
        found = 0
        for c in range(self.n):
            if not self.columns[c] and not self.up[row + c] and not self.down[row - c + self.n]:
                self.columns[c] = self.up[row + c] = self.down[row - c + self.n] = True
                found += self.place(row + 1)
                self.columns[c] = self.up[row + c] = self.down[row - c + self.n] = False
        return found


def run(n):
    return Board(n).place(0)


def entry_point(argv):
    n = 12
    if len(argv) > 1:
        n = int(argv[1])
    print("%d" % run(n))
    return 0


if __name__ == '__main__':
    import sys
    entry_point(sys.argv)
