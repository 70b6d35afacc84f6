-- table.sort of numbers and strings, with and without a comparator.
local n = tonumber(arg and arg[1]) or 900000
local x = 42
local function random() x = (x * 16807) % 2147483647; return x end
local function numbers() local t = {}; for i = 1, n do t[i] = random() end return t end
local function checksum(t, f) local s = 0; for i = 1, #t, 97 do s = (s * 31 + f(t[i])) % 1000003 end return s end
local function id(v) return v end
local a = numbers() table.sort(a)
local b = numbers() table.sort(b, function(p, q) return p > q end)
local c = {}
for i = 1, n / 4 do c[i] = "k" .. random() % 1000000 end
table.sort(c)
local d = {}
for i = 1, n / 4 do d[i] = {key = random(), id = i} end
table.sort(d, function(p, q) return p.key < q.key end)
print(checksum(a, id), checksum(b, id), checksum(c, function(s) return #s * 7 + s:byte(-1) end), checksum(d, function(o) return o.key end))
