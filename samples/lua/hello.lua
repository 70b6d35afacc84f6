-- The first program: run it with `mulua samples/lua/hello.lua [NAME]`.
local name = arg[1] or "world"
print(("Hello, %s, from %s!"):format(name, _VERSION))
