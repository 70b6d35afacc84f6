-- table.sort with and without an order.
local function show(t) print(table.concat(t, " ")) end
local t = {5, 2, 9, 1, 7, 3}
table.sort(t) show(t)
table.sort(t, function(a, b) return a > b end) show(t)
local words = {"pear", "apple", "fig", "", "Zebra", "apples"}
table.sort(words) show(words)
local mixed = {3, 1.5, -2, 2^53, 0.25}
table.sort(mixed) show(mixed)
print(pcall(table.sort, {1, "x", 2}))
print(pcall(table.sort, {{}, {}}))
print(select(2, pcall(table.sort, {1, 2}, 5)))
local big = {}
for i = 1, 500 do big[i] = (i * 7919) % 1009 end
table.sort(big, function(a, b) return a < b end)
for i = 2, #big do assert(big[i - 1] <= big[i]) end
print(big[1], big[250], big[500])
print(pcall(table.sort, {1, 2, 3, 4, 5}, function() return true end))
local V = {__lt = function(a, b) return a.v < b.v end}
local objects = {}
for i = 1, 10 do objects[i] = setmetatable({v = (i * 3) % 11}, V) end
table.sort(objects)
local r = {} for i, o in ipairs(objects) do r[i] = o.v end show(r)
local proxy = setmetatable({}, {__len = function() return 3 end, __index = function(_, i) return t[i] end, __newindex = function(_, i, v) t[i] = v end})
table.sort(proxy) show(t)
