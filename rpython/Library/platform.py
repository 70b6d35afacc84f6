# platform, for modules while they are imported.


def system():
    return 'Linux'


def machine():
    return 'x86_64'


def python_implementation():
    return 'PyPy'


def architecture():
    return '64bit', 'ELF'
