# Names of the translator's type system that rlib and programs mention.
