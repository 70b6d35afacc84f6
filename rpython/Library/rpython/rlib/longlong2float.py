# rlib.longlong2float: floats and their bits.
import _mu

float2longlong = _mu.float_bits
longlong2float = _mu.bits_float
singlefloat2uint = _mu.single_bits
uint2singlefloat = _mu.bits_single
