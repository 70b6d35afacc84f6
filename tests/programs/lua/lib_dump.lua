local n = 0
local function counter(k) n = n + (k or 1) return n end
local s = string.dump(counter)
print(type(s), s:sub(1,1) == "\27")
local f = load(s, "x", "b") print(pcall(f))
print(load(s, "x", "t")) print(load("return 1","x","b"))
print(load(s:sub(1,-5), "=x")) print(load(s:sub(1,3), "@x")) print(load("\27"))
print(load(string.dump(function(...) return select('#',...), ... end))(1,2,nil))
local function env() return x end
print(load(string.dump(env),"n","b",{x=42})())
print(pcall(string.dump, print)) print(pcall(string.dump, 5)) print(pcall(string.dump))
local a,b = 10,20
local function two() return a, b end
local g = load(string.dump(two))
print(type(g()) , select(2,g()))
print(load(string.dump(load("return ... , x", "=chunk")), nil, nil, {x=7})(5))
local function fact(n) if n <= 1 then return 1 end return n * fact(n-1) end
print(pcall(load(string.dump(fact)), 5))
local deep = function() return function(x) return function(y) return x + y end end end
print(load(string.dump(deep()))(1)(2))
print(load(string.dump(function(a) error("boom") end, false)) ~= nil, pcall(load(string.dump(function(a) error("boom") end))))
print(#string.dump(deep, true) > 0)
