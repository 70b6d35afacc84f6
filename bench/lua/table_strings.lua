-- A table with string keys made at run time: insert, look up, delete, traverse.
local n = tonumber(arg and arg[1]) or 700000
local t, sum = {}, 0
for i = 1, n do t["key" .. i] = i end
for i = 1, n, 2 do sum = sum + t["key" .. i] end
for i = 1, n, 3 do t["key" .. i] = nil end
local left = 0
for _, v in pairs(t) do left = left + 1; sum = sum + v end
local names = {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"}
local counts = {}
for i = 1, n * 12 do local k = names[i % 8 + 1]; counts[k] = (counts[k] or 0) + i % 5 end
for _, k in ipairs(names) do sum = sum + counts[k] end
print(string.format("%.0f %d", sum, left))
