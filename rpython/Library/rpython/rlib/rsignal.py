# rlib.rsignal: signals are kept until the program asks. The numbers are those of Linux.
import _mu

SIGHUP = 1
SIGINT = 2
SIGQUIT = 3
SIGILL = 4
SIGTRAP = 5
SIGABRT = 6
SIGBUS = 7
SIGFPE = 8
SIGKILL = 9
SIGUSR1 = 10
SIGSEGV = 11
SIGUSR2 = 12
SIGPIPE = 13
SIGALRM = 14
SIGTERM = 15
SIGCHLD = 17
SIGCONT = 18
SIGSTOP = 19
SIGTSTP = 20
SIGTTIN = 21
SIGTTOU = 22
SIGURG = 23
SIGXCPU = 24
SIGXFSZ = 25
SIGVTALRM = 26
SIGPROF = 27
SIGWINCH = 28
SIGIO = 29
SIGPWR = 30
SIGSYS = 31
NSIG = 65


def pypysig_default(signum):
    _mu.signal_set(signum, 0)


def pypysig_ignore(signum):
    _mu.signal_set(signum, 1)


def pypysig_setflag(signum):
    _mu.signal_set(signum, 2)


def pypysig_reinstall(signum):
    # Handlers stay.
    pass


def pypysig_poll():
    return _mu.signal_poll()
