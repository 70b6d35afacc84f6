-- Multiple assignment: expressions first, then stores; nested targets; swaps; adjustment.
local a, b, c = 1, 2
print(a, b, c) a, b = b, a print(a, b)
local t = {1, 2, 3}
local i = 1
i, t[i] = i + 1, 20
print(i, t[1], t[2])
local log = {}
local function o(name) log[#log + 1] = name; return name end
local p = setmetatable({}, {__newindex = function(s, k, v) rawset(s, k, v) end})
p[o "k1"], p[o "k2"] = o "v1", o "v2", o "extra"
print(table.concat(log, " "), p.k1, p.k2)
local x, y, z = (function() return 1, 2, 3 end)()
print(x, y, z)
x, y, z = 0, (function() return 5, 6, 7 end)()
print(x, y, z)
x, y, z = (function() return 5, 6, 7 end)(), 10
print(x, y, z)
x, y = nil print(x, y)
do local a = a; a = a + 10; print(a) end print(a)
local q = {}; q.q = q; q.q.q.v = 3; print(q.v)
t = {1, 2}; t, t[1] = {9, 9}, "old" print(t[1])
local s = {n = 1}
s.n, s.m = s.m, s.n print(s.n, s.m)
a, b, c = 1, 2, 3
a, b, c = c, a, b print(a, b, c)
local f1 <const>, f2 <const> = 10, 20 print(f1 + f2)
g1, g2 = "global1", "global2" print(g1, _G.g2, _ENV.g1) g1 = nil print(rawget(_G, "g1"))
local function ret() return 1, nil, 3 end
local r1, r2, r3, r4 = ret() print(r1, r2, r3, r4)
local cyc = {1, 2, 3, 4}
for k = 1, 2 do cyc[k], cyc[#cyc - k + 1] = cyc[#cyc - k + 1], cyc[k] end print(table.concat(cyc, ","))
print(pcall(function() local u; u.x, u.y = 1, 2 end))
print(pcall(function() undefinedglobal.field = 1 end))
