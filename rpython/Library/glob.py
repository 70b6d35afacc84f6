# glob, for modules while they are imported.
import _mu

glob = _mu.glob
