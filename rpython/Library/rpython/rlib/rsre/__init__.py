# rlib.rsre: regular expressions.
