-- __index and __newindex: functions, chains, rawget/rawset, absent and later added.
local log = {}
local t = setmetatable({}, {__index = function(t, k) log[#log + 1] = "get " .. tostring(k); return k .. "!" end,
  __newindex = function(t, k, v) log[#log + 1] = "set " .. tostring(k); rawset(t, k, v) end})
print(t.x, t.y) t.x = 1 t.x = 2 print(t.x, rawget(t, "y")) print(table.concat(log, ", "))
local a = {av = "from a"}; local b = setmetatable({bv = "from b"}, {__index = a}); local c = setmetatable({}, {__index = b})
print(c.av, c.bv, c.none, rawget(c, "av"))
a.late = "late" print(c.late) b.av = "shadow" print(c.av) b.av = nil print(c.av)
local store = {}
local proxy = setmetatable({}, {__index = store, __newindex = store})
proxy.k = 5 print(rawget(proxy, "k"), store.k, proxy.k)
-- metamethods added after the first (cached) miss
local mt = {}; local late = setmetatable({}, mt)
print(late.q) mt.__index = function(_, k) return "added " .. k end print(late.q) mt.__index = nil print(late.q)
late.z = 1 print(rawget(late, "z")) mt.__newindex = function(_, k, v) print("intercept", k, v) end late.z = 2 late.zz = 3 print(late.z, late.zz)
-- __index on missing integer keys, nil value in existing slot
local d = setmetatable({1, 2, nil, 4}, {__index = function(_, i) return "default" .. i end})
print(d[1], d[3], d[5], d[0], d[-1])
d[1] = nil print(d[1])
print(pcall(function() return setmetatable({}, {__index = 5}).x end))
print(pcall(function() setmetatable({}, {__newindex = 5}).x = 1 end))
print(("x").len == string.len, ("abc"):upper(), ("x").nope, #("abc"))
print(pcall(function() return (5).x end)) print(pcall(function() local n = nil; return n.x.y end)) print(pcall(function() local n = {}; return n.x.y end))
-- read-only table
local function readonly(t) return setmetatable({}, {__index = t, __newindex = function(_, k) error("readonly field " .. k, 2) end, __len = function() return #t end, __pairs = function() return pairs(t) end}) end
local r = readonly {10, 20, 30}
print(r[2], #r, pcall(function() r[1] = 5 end)) for k, v in pairs(r) do io.write(k, "=", v, " ") end print()
-- default values without closures, with one shared key
local KEY = {}; local dmt = {__index = function(t) return t[KEY] end}
local function default(t, v) t[KEY] = v; return setmetatable(t, dmt) end
print(default({}, 7).anything, default({x = 1}, 8).x)
-- a long chain
local base = {deep = "bottom"} for _ = 1, 50 do base = setmetatable({}, {__index = base}) end print(base.deep)
local loop = {}; setmetatable(loop, {__index = loop}) print(pcall(function() return loop.x end))
print(rawequal(t, t), rawlen({1, 2}), rawlen("abc"), rawget(proxy, 1), pcall(rawset, 1, 2, 3))
