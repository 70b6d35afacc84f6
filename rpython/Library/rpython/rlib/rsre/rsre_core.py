# rlib.rsre.rsre_core: the matcher by itself.
from rpython.rlib.rsre.rsre_re import run


class Error(Exception):
    def __init__(self, msg):
        self.msg = msg


class StrMatchContext(object):
    def __init__(self, string, match_start, end):
        self._string = string
        self.match_start = match_start
        self.match_end = match_start
        self.end = end
        self.slots = []

    def getstart(self):
        return self.match_start

    def getend(self):
        return self.match_end


def match_context(ctx, code):
    ctx.slots = [-1] * (2 * code.groups + 2)
    if not run(code, ctx._string, ctx.match_start, ctx.end, 0, ctx.slots):
        return False
    ctx.match_end = ctx.slots[1]
    return True


def search_context(ctx, code):
    start = ctx.match_start
    while start <= ctx.end:
        ctx.match_start = start
        if match_context(ctx, code):
            return True
        start += 1
    return False
