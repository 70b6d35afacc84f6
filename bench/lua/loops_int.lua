-- Nested loops over small integers: addition, multiplication, modulo, comparison.
local n = tonumber(arg and arg[1]) or 18000
local sum, hits = 0, 0
for i = 1, n do
  for j = 1, n, 2 do
    sum = (sum + i * j) % 1000003
    if sum > 500000 then hits = hits + 1 end
  end
end
print(sum, hits)
