# rlib: the modules that RPython programs import.
