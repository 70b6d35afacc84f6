# Registration of special objects with RPython's own annotator: nothing to register with here.


class ExtRegistryEntry(object):
    pass
