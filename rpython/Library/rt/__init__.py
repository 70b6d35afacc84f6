# The runtime library of compiled programs, compiled with them. "specialize:shape" makes a copy for each combination of types.
