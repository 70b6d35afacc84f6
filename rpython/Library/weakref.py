# Weak references to instances.
import _mu

ref = _mu.weak_reference
