class Animal(object):
    sound = "?"

    def __init__(self, name):
        self.name = name

    def speak(self):
        return self.name + " says " + self.sound


class Cat(Animal):
    sound = "meow"


class Cow(Animal):
    sound = "moo"

KINDS = {"cat": Cat, "cow": Cow}


def make(cls, name):
    return cls(name)


def entry_point(argv):
    for k in ["cat", "cow"]:
        print KINDS[k](k * len(argv)).speak()
    for cls in [Cat, Cow, Animal]:
        print make(cls, "x").speak(), cls.__name__, cls.sound
    return 0


def target(*args):
    return entry_point
