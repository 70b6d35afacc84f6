# re, for modules while they are imported: the regular expressions of rlib.rsre, which compiled code may use as well.
from rpython.rlib.rsre.rsre_re import *
