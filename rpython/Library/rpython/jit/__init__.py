# Modules that programs import for RPython's translator, which need nothing of it here.
