-- __eq, __lt, __le: when they are called, results turned to booleans.
local log = {}
local mt = {__eq = function(a, b) log[#log + 1] = "eq"; return a.v == b.v end, __lt = function(a, b) log[#log + 1] = "lt"; return (type(a) == "table" and a.v or a) < (type(b) == "table" and b.v or b) end,
  __le = function(a, b) log[#log + 1] = "le"; return (type(a) == "table" and a.v or a) <= (type(b) == "table" and b.v or b) end}
local function n(v) return setmetatable({v = v}, mt) end
local a, b = n(1), n(1)
print(a == b, a ~= b, a == a, a == 1, 1 == a, a < b, a <= b, a > b, a >= b)
print(table.concat(log, " ")) log = {}
print(a < 5, 5 < a, a <= 0, 0 >= a, 3 > a, a < 1.5) print(table.concat(log, " "))
local truthy = setmetatable({}, {__eq = function() return 1 end, __lt = function() return nil end, __le = function() return "x" end})
local other = setmetatable({}, {__eq = function() return nil end})
print(truthy == other, other == truthy, truthy < other, truthy <= other, truthy ~= other, truthy == setmetatable({}, {}), setmetatable({}, {}) == truthy)
print(pcall(function() return setmetatable({}, {}) < setmetatable({}, {}) end))
print(pcall(function() return setmetatable({}, {__lt = function() return true end}) <= 1 end))
print(pcall(function() return {} < 1 end)) print(pcall(function() return 1 < {} end)) print(pcall(function() return "a" < {} end))
-- as conditions
local hits = 0
for i = 1, 5 do if n(i) < n(3) then hits = hits + 1 end end print(hits)
while n(hits) > n(0) do hits = hits - 1 end print(hits)
local list = {n(3), n(1), n(2)} table.sort(list) for _, e in ipairs(list) do io.write(e.v, " ") end print()
local set = {[a] = "a"} print(set[a], set[b]) -- keys compare raw
-- sets with partial order
local S = {}
local function set_of(...) local s = setmetatable({}, S); for _, k in ipairs {...} do s[k] = true end return s end
S.__le = function(x, y) for k in pairs(x) do if not y[k] then return false end end return true end
S.__lt = function(x, y) return x <= y and not (y <= x) end
S.__eq = function(x, y) return x <= y and y <= x end
print(set_of(1, 2) <= set_of(1, 2, 3), set_of(1, 2) < set_of(1, 2), set_of(1) <= set_of(2), set_of(2) <= set_of(1), set_of(1, 2) == set_of(2, 1), set_of(1, 2) >= set_of(2))
