import os
# Where RPython's C headers are; the few that programs include stand in the C compiler's path here.
cdir = os.path.join(os.path.dirname(__file__), 'c')
