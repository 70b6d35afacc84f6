-- The sieve of Eratosthenes, again and again over one array of booleans.
local n = tonumber(arg and arg[1]) or 160
local limit, count, sum = 500000, 0, 0
local flags = {}
for round = 1, n do
  count, sum = 0, 0
  for i = 2, limit do flags[i] = true end
  for i = 2, limit do
    if flags[i] then
      for k = i + i, limit, i do flags[k] = false end
      count = count + 1
      sum = (sum + i * round) % 1000007
    end
  end
end
print(count, sum)
