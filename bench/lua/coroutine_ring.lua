-- A token passed round a ring of coroutines by a dispatcher.
local n = tonumber(arg and arg[1]) or 20000000
local ring, size = {}, 100
for i = 1, size do
  ring[i] = coroutine.create(function(token) while true do token = coroutine.yield(token - 1, i) end end)
end
local token, at, sum, resume = n, 1, 0, coroutine.resume
while token > 0 do
  local _, left, id = resume(ring[at], token)
  token = left
  sum = (sum + id) % 1000003
  at = at % size + 1
end
print(sum, at)
