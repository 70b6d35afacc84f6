# rlib.rawstorage: values of any low-level type at any place of a piece of raw memory.
from rpython.rtyper.lltypesystem import lltype, rffi

RAW_STORAGE_PTR = rffi.CCHARP
RAW_STORAGE = RAW_STORAGE_PTR.TO

misaligned_is_fine = True


class AlignmentError(Exception):
    pass


def alloc_raw_storage(size, track_allocation=True, zero=False):
    return lltype.malloc(RAW_STORAGE, size, flavor='raw', zero=zero)

alloc_raw_storage._annspecialcase_ = 'specialize:arg(1,2)'


def free_raw_storage(storage, track_allocation=True):
    lltype.free(storage, flavor='raw')


def raw_storage_getitem(TP, storage, index):
    return rffi.cast(rffi.CArrayPtr(TP), rffi.ptradd(storage, index))[0]

raw_storage_getitem._annspecialcase_ = 'specialize:arg(0)'


def store(TP, storage, index, item):
    rffi.cast(rffi.CArrayPtr(TP), rffi.ptradd(storage, index))[0] = item

store._annspecialcase_ = 'specialize:arg(0)&specialize:ll'


def raw_storage_setitem(storage, index, item):
    store(lltype.typeOf(item), storage, index, item)

raw_storage_setitem._annspecialcase_ = 'specialize:ll'

raw_storage_getitem_unaligned = raw_storage_getitem
raw_storage_setitem_unaligned = raw_storage_setitem
