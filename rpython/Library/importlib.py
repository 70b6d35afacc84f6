# importlib
import _mu

import_module = _mu.import_module
