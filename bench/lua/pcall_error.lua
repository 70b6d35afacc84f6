-- pcall that succeeds, errors with strings and tables, errors through several frames.
local n = tonumber(arg and arg[1]) or 5500000
local function ok(a, b) return a + b end
local function bad(v) error(v, 0) end
local function deep(k, v) if k == 0 then bad(v) end deep(k - 1, v) return 1 end
local sum, err = 0, {code = 3}
for i = 1, n do
  local _, r = pcall(ok, i, 1)
  sum = (sum + r) % 1000003
  local good, e = pcall(bad, err)
  if not good then sum = sum + e.code end
  if i % 4 == 0 then local _, m = pcall(deep, 8, "message"); sum = sum + #m end
  if i % 8 == 0 then local fine = pcall(function() local t; return t.x end); if not fine then sum = sum + 1 end end
end
print(sum)
