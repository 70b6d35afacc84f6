# types
import _mu

FunctionType = _mu.function_type
LambdaType = _mu.function_type
IntType = int
FloatType = float
StringType = str
UnicodeType = unicode
ListType = list
DictType = dict
TupleType = tuple
BooleanType = bool
NoneType = type(None)
