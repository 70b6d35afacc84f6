# subprocess, for modules while they are imported.
import _mu

PIPE = -1
STDOUT = -2


class CalledProcessError(Exception):
    def __init__(self, returncode, cmd, output=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = output

    def __str__(self):
        return "Command '%s' returned non-zero exit status %d" % (self.cmd, self.returncode)


def _run(command, cwd, shell, wants_output, wants_errors):
    if isinstance(command, str):
        command = ['/bin/sh', '-c', command] if shell else [command]
    return _mu.run_process(command, cwd or '', wants_output, wants_errors)


def check_output(command, stdin=None, stderr=None, cwd=None, shell=False):
    code, output, errors = _run(command, cwd, shell, True, stderr is not None)
    if stderr == STDOUT:
        output += errors
    if code:
        raise CalledProcessError(code, command, output)
    return output


def call(command, stdin=None, stdout=None, stderr=None, cwd=None, shell=False):
    return _run(command, cwd, shell, stdout is not None, stderr is not None)[0]


def check_call(command, stdin=None, stdout=None, stderr=None, cwd=None, shell=False):
    code = call(command, stdin, stdout, stderr, cwd, shell)
    if code:
        raise CalledProcessError(code, command)
    return 0


class Popen(object):
    def __init__(self, command, bufsize=0, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None, close_fds=False, shell=False, cwd=None, env=None):
        self.returncode, self._output, self._errors = _run(command, cwd, shell, stdout is not None, stderr is not None)

    def communicate(self, input=None):
        return self._output, self._errors

    def wait(self):
        return self.returncode

    def poll(self):
        return self.returncode
