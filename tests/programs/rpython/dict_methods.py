def entry_point(argv):
    d = {"one": 1, "two": 2}
    d["three"] = 2 + len(argv)
    print len(d), d["three"], d.get("four", -1), d.get("one", -1), "two" in d, d.has_key("six")
    keys = d.keys()
    keys.sort()
    print keys
    total = 0
    for k, v in d.iteritems():
        total += v
    for v in d.values():
        total += v
    print total
    del d["one"]
    print d.setdefault("five", 5), d.setdefault("two", 9), len(d)
    try:
        print d["zzz"]
    except KeyError:
        print "KeyError"
    e = d.copy()
    e.update({"x": 1})
    d.clear()
    print len(d), len(e), d.get("x", 0), e.pop("x")
    return 0


def target(*args):
    return entry_point
