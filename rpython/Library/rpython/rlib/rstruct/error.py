class StructError(Exception):
    def __init__(self, msg):
        self.msg = msg


class StructOverflowError(StructError):
    pass
