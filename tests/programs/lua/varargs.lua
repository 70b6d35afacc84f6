-- Varargs, select, pack and unpack, adjustment of results.
local function n(...) return select("#", ...) end
print(n(), n(nil), n(nil, nil), n(1, nil, 3, nil))
print(select(2, "a", "b", "c"), select(-1, "a", "b", "c"), (select(-2, "a", "b", "c")))
print(pcall(select, 0, 1), pcall(select, -5, 1))
print(pcall(select, "x"))
local function two() return 1, 2 end
local function none() end
print(two(), two()) print((two())) print(two(), nil) print(({two(), two()})[3], #{two(), (two())}, #{(two())})
print(none(), 1) print((none())) print(n(none()), n((none())), n(none(), none()), n(two(), none()))
local t = table.pack(1, nil, 3, nil)
print(t.n, #table.pack(), table.pack().n, table.unpack(t, 1, t.n))
print(table.unpack({1, 2, 3}, 2), table.unpack({1, 2, 3}, 2, 3), table.unpack({}, 1, 2), (table.unpack({1, 2})))
print(pcall(table.unpack, {}, 1, 1e8))
print(table.unpack({1, 2}, -1, 1))
local function rev(...) local r = {}; for i = select("#", ...), 1, -1 do r[#r + 1] = (select(i, ...)) end return table.unpack(r) end
print(rev(1, 2, 3, "x"))
local function sum(first, ...) if first == nil then return 0 end return first + sum(...) end
print(sum(1, 2, 3, 4, 5))
local function pass(...) return ... end
print(pass(pass(1, 2), pass(3, 4), pass()))
print((pass(1, 2, 3)))
local function mixed(a, b, ...) return b, a, n(...), ... end
print(mixed(1)) print(mixed(1, 2)) print(mixed(1, 2, 3, nil))
local big = {}
for i = 1, 200 do big[i] = i end
print(n(table.unpack(big)), select(200, table.unpack(big)), math.max(table.unpack(big)))
print(string.char(table.unpack({72, 105})), #string.rep("x", 3, ","))
local function tail(...) return select(2, ...) end
print(tail(1, 2, 3), tail(1))
print(pcall(pcall, error, "e")) print(pcall(error)) print(n(pcall(none)), pcall(pass, 1, nil))
local function f(...) local a, b, c = ...; local x <const> = ...; return c, b, a, x end
print(f(1, 2), f())
local vt = {...}
print(#vt, arg[0] ~= nil, n(...))
print(select("#", (function(...) return print, ... end)(5, nil)))
for i, v in ipairs {pass(1, 2), pass(3, 4)} do io.write(i, "=", v, " ") end print()
print(#{n = 1, pass(1, 2, 3)}, #{pass(1, 2, 3), nil}, (#{[1] = "x", "y"}), ({[1] = "x", "y"})[1])
