# Function pointers: of functions of the program, and those that a shared library gives at run time. What C's headers say.
from rpython.rlib.rdynload import RTLD_LAZY, DLOpenError, dlclose, dlopen, dlsym
from rpython.rlib import rlocale, rsignal
from rpython.rtyper.annlowlevel import llhelper
from rpython.rtyper.lltypesystem import lltype, rffi
from rpython.rtyper.tool import rffi_platform
from rpython.translator.tool.cbuild import ExternalCompilationInfo

eci = ExternalCompilationInfo(includes=['limits.h', 'signal.h', 'sys/time.h', 'unistd.h'])


class CConfig:
    _compilation_info_ = eci
    INT_MAX = rffi_platform.ConstantInteger('INT_MAX')
    NOT_THERE = rffi_platform.DefinedConstantInteger('THIS_IS_NOT_THERE')
    HAS = rffi_platform.Defined('CHAR_BIT')
    SIGUSR1 = rffi_platform.DefinedConstantInteger('SIGUSR1')
    PID = rffi_platform.SimpleType('pid_t', rffi.INT)
    TIMEVAL = rffi_platform.Struct('struct timeval', [('tv_sec', rffi.INT), ('tv_usec', rffi.INT)])
    SIZE = rffi_platform.SizeOf('struct timeval')

config = rffi_platform.configure(CConfig)
INT_MAX = config['INT_MAX']
MISSING = config['NOT_THERE']
TIMEVAL = config['TIMEVAL']
HAS, PID, SIZE, SIGUSR1 = config['HAS'], config['PID'], config['SIZE'], config['SIGUSR1']

COMPARE = lltype.Ptr(lltype.FuncType([rffi.VOIDP, rffi.VOIDP], rffi.INT))
ABS = lltype.Ptr(lltype.FuncType([rffi.LONG], rffi.LONG))
KILL = rffi.llexternal('raise', [rffi.INT], rffi.INT)
qsort = rffi.llexternal('qsort', [rffi.VOIDP, rffi.SIZE_T, rffi.SIZE_T, COMPARE], lltype.Void)


class Counter(object):
    def __init__(self):
        self.calls = 0

counter = Counter()


def compare(a, b):
    counter.calls += 1
    x = rffi.cast(rffi.LONGP, a)[0]
    y = rffi.cast(rffi.LONGP, b)[0]
    if x < y:
        return rffi.cast(rffi.INT, -1)
    return rffi.cast(rffi.INT, int(x > y))


def twice(x):
    return 2 * x


def apply(f, x):
    return f(x)


def entry_point(argv):
    values = lltype.malloc(rffi.LONGP.TO, 5, flavor='raw')
    for i in range(5):
        values[i] = i * 3 % 5
    pointer = llhelper(COMPARE, compare)
    qsort(rffi.cast(rffi.VOIDP, values), 5, 8, pointer)
    print values[0], values[1], values[2], values[3], values[4], counter.calls > 3
    print rffi.cast(lltype.Signed, pointer(rffi.cast(rffi.VOIDP, values), rffi.cast(rffi.VOIDP, values)))
    lltype.free(values, flavor='raw')

    handle = dlopen('libc.so.6', RTLD_LAZY)
    labs = rffi.cast(ABS, dlsym(handle, 'labs'))
    print labs(-5), apply(labs, -7), apply(llhelper(ABS, twice), 21)
    try:
        dlsym(handle, 'no_such_function_there')
    except KeyError:
        print 'no such function'
    print dlclose(handle)
    try:
        dlopen('libdoes-not-exist.so')
    except DLOpenError as e:
        print 'does-not-exist' in e.msg

    print INT_MAX, MISSING is None, HAS, rffi.sizeof(PID), SIZE, rffi.sizeof(TIMEVAL), rffi.offsetof(TIMEVAL, 'c_tv_usec')
    t = lltype.malloc(TIMEVAL, flavor='raw')
    t.c_tv_usec = 1 << 40
    print t.c_tv_usec
    lltype.free(t, flavor='raw')

    rsignal.pypysig_setflag(rsignal.SIGUSR1)
    print rsignal.pypysig_poll(), rsignal.SIGUSR1 == SIGUSR1
    KILL(rffi.cast(rffi.INT, rsignal.SIGUSR1))
    seen = -1
    while seen == -1:
        seen = rsignal.pypysig_poll()
    print seen, rsignal.pypysig_poll()
    rsignal.pypysig_default(rsignal.SIGUSR1)
    print rlocale.setlocale(rlocale.LC_CTYPE, 'C'), rlocale.toupper(97)
    try:
        rlocale.setlocale(rlocale.LC_CTYPE, 'nowhere_NO')
    except rlocale.LocaleError:
        print 'no such locale'
    return 0


def target(*args):
    return entry_point
