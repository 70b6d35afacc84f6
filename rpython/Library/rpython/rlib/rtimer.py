# rlib.rtimer
import time

UNIT_NS = 1


def read_timestamp():
    return int(time.time() * 1e9)


def get_timestamp_unit():
    return UNIT_NS
