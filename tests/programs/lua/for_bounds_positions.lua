-- The bounds of a numeric loop convert from strings; a string as start or step makes the loop count in floats.
for i = "1", 3 do print(i) end
for i = 1, "3" do print(i) end
for i = 1, 3, "1" do print(i) end
for i = 1, "2.5" do print(i) end
for i = "10", "1", "-4" do print(i) end
print(pcall(load("for i = 'a', 2 do end", "=c")))
print(pcall(load("for i = 1, 'b' do end", "=c")))
print(pcall(load("for i = 1, 2, 'c' do end", "=c")))
print(pcall(load("for i = 1, 2, '0' do end", "=c")))

-- Default positions count from the argument as it was given.
print(string.byte("hi", -3), string.byte("hi", -2), string.byte("hi", -3, 1))
print(utf8.offset("abc", 0), utf8.offset("abc", -1), utf8.offset("abc", 1))
