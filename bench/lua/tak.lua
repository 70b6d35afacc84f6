-- Takeuchi's function: calls with three arguments, and Ackermann's: deep recursion.
local n = tonumber(arg and arg[1]) or 330
local function tak(x, y, z)
  if y >= x then return z end
  return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
end
local function ack(m, k)
  if m == 0 then return k + 1 end
  if k == 0 then return ack(m - 1, 1) end
  return ack(m - 1, ack(m, k - 1))
end
local sum = 0
for i = 1, n do sum = sum + tak(18, 12, 6) + ack(2, 200 + i) end
print(sum)
