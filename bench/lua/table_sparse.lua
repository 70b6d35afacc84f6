-- Integer keys that are sparse, negative and scattered.
local n = tonumber(arg and arg[1]) or 20000000
local t, x, hits, sum = {}, 12345, 0, 0
for i = 1, n do
  x = (x * 16807) % 2147483647
  local k = x % 200003 * 97 - 5000000
  local old = t[k]
  if old then hits = hits + 1; t[k] = old + i % 7 else t[k] = i % 11 end
end
local size = 0
for k, v in pairs(t) do size = size + 1; sum = sum + v * (k % 13) end
print(hits, size, string.format("%.0f", sum))
