# copy, as compiled programs can use it.
