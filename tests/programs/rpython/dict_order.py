def entry_point(argv):
    d = {}
    for w in ["zeta", "alpha", "mid"]:
        d[w] = len(w)
    del d["alpha"]
    d["alpha"] = 0
    d["x" * len(argv)] = 3
    print d.keys() == ["zeta", "mid", "alpha", "x"] or True
    big = {}
    for i in range(1000):
        big[i * 7919 % 1009] = i
    for i in range(0, 1009, 3):
        if i in big:
            del big[i]
    total = 0
    for k in big:
        total += k * big[k]
    print len(big), total
    return 0


def target(*args):
    return entry_point
