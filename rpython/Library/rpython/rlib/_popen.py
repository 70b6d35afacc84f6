# Pipes to other programs (rlib.rfile.create_popen_file).
import os
from rpython.rlib.rfile import RFile
from rpython.rtyper.lltypesystem import lltype, rffi

c_popen = rffi.llexternal('popen', [rffi.CCHARP, rffi.CCHARP], rffi.VOIDP)
c_fileno = rffi.llexternal('fileno', [rffi.VOIDP], rffi.INT)
c_pclose = rffi.llexternal('pclose', [rffi.VOIDP], rffi.INT)


class PipeFile(RFile):
    def __init__(self, stream):
        RFile.__init__(self, rffi.cast(lltype.Signed, c_fileno(stream)))
        self.stream = stream

    def close(self):
        if not self.closed:
            self.closed = True
            self.status = rffi.cast(lltype.Signed, c_pclose(self.stream))


def popen(command, mode):
    stream = c_popen(command, mode)
    if not stream:
        raise OSError(2, 'popen failed')
    return PipeFile(stream)
