# The names of RPython's own packages, as far as programs use them.
