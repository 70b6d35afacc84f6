-- Variadic functions: select, packing into tables, unpacking, forwarding.
local n = tonumber(arg and arg[1]) or 5000000
local unpack = table.unpack or unpack
local function sum(...) local s = 0; for i = 1, select("#", ...) do s = s + (select(i, ...)) end return s end
local function packed(...) local t = {...}; return t[1] + t[#t] end
local function forward(f, ...) return f(...) end
local function swap(a, b, ...) return b, a, ... end
local total = 0
for i = 1, n do
  total = (total + sum(i, 2, 3, 4) + packed(i, i + 1, 5) + forward(packed, 1, 2)) % 1000003
  local p, q, r = swap(i, 1, 2)
  total = total + p + (q - i) + r + select("#", unpack({i, i, i}))
end
print(total)
