# rlib.rweakref: dicts that do not keep their values, or their keys.
import weakref
import _mu
from rpython.rlib.objectmodel import specialize

ref = weakref.ref
dead_ref = weakref.ref(None)


def has_weakref_support():
    return True


@specialize.memo()
def _value_dictionary(keyclass, valueclass):
    class WeakValueDictionary(object):
        def __init__(self):
            self._dict = {}

        def get(self, key):
            reference = self._dict.get(key, None)
            if reference is None:
                return None
            return reference()

        def set(self, key, value):
            if value is None:
                if key in self._dict:
                    del self._dict[key]
            else:
                self._dict[key] = weakref.ref(value)

    return WeakValueDictionary


@specialize.arg(0, 1)
def RWeakValueDictionary(keyclass, valueclass):
    return _value_dictionary(keyclass, valueclass)()


@specialize.memo()
def _key_dictionary(keyclass, valueclass):
    class Entry(object):
        def __init__(self, key, value):
            self.key = weakref.ref(key)
            self.value = value

    class WeakKeyDictionary(object):
        # By the numbers that instances have for identity: those of dead keys are never given out again.
        def __init__(self):
            self._dict = {}

        def get(self, key):
            entry = self._dict.get(_mu.identity_hash(key), None)
            if entry is None or entry.key() is not key:
                return None
            return entry.value

        def set(self, key, value):
            number = _mu.identity_hash(key)
            if value is None:
                if number in self._dict:
                    del self._dict[number]
            else:
                self._dict[number] = Entry(key, value)

        def length(self):
            live = 0
            for entry in self._dict.values():
                if entry.key() is not None:
                    live += 1
            return live

    return WeakKeyDictionary


@specialize.arg(0, 1)
def RWeakKeyDictionary(keyclass, valueclass):
    return _key_dictionary(keyclass, valueclass)()
