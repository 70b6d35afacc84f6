# collections: RPython's dicts keep the order of insertion.
OrderedDict = dict
