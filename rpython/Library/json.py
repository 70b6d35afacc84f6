# json, for modules while they are imported.
from _mu import json_dumps as dumps, json_loads as loads


def dump(value, file):
    file.write(dumps(value))


def load(file):
    return loads(file.read())
