-- __call: chains, varargs, methods, tail position.
local callable = setmetatable({}, {__call = function(self, ...) return "self" .. tostring(self ~= nil), select("#", ...), ... end})
print(callable()) print(callable(1, nil, nil)) print(callable "str") print((callable(1, 2)))
local inner = setmetatable({}, {__call = function(self, ...) return "inner", ... end})
local chain = setmetatable({name = "chain"}, {__call = inner})
print(select("#", chain(1, 2)), (select(1, chain(1))), (select(3, chain(7))))
local deep = function(...) return select("#", ...) end
for _ = 1, 10 do deep = setmetatable({}, {__call = deep}) end
print(deep(), deep("a", "b"))
print(pcall(function() local x = 5; x() end)) print(pcall(function() local t = {}; t.method() end)) print(pcall(function() local t = {}; t:method() end))
print(pcall(function() undefined_fn() end)) print(pcall(function() ("x")() end)) print(pcall(function() local t = {a = {}}; t.a.b.c() end))
print(pcall(setmetatable({}, {__call = 5})))
local Class = setmetatable({}, {__call = function(cls, v) return setmetatable({v = v}, cls) end}); Class.__index = Class
Class.__call = function(self, d) return self.v + d end
function Class:get() return self.v end
print(Class(5):get(), Class(5)(10))
local function count(n) if n == 0 then return "bottom" end return setmetatable({}, {__call = function(_, m) return count(m) end})(n - 1) end
print(count(50000))
print(pcall(callable, 1, 2)) print(select(2, coroutine.resume(coroutine.create(function() return callable(9) end))))
print(pcall(table.sort, {3, 1, 2}, setmetatable({}, {__call = function(_, a, b) return a < b end})))
print((string.gsub("abc", "%w", setmetatable({}, {__index = function(_, k) return k:upper() end}))))
