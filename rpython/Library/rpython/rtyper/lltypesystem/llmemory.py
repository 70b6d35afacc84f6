# Addresses: pointers to nobody knows what.
from rpython.rtyper.lltypesystem import lltype

Address = lltype.Ptr(lltype.OpaqueType('address'))
NULL = lltype.nullptr(Address.TO)
