# rpython.jit.backend.hlinfo


class HighLevelJitInfo(object):
    sys_executable = None

highleveljitinfo = HighLevelJitInfo()
