-- Float arithmetic in loops: the logistic map and a slowly converging series.
local n = tonumber(arg and arg[1]) or 150000000
local x, sum, sign = 0.3, 0.0, 1.0
for i = 1, n do
  x = 3.9 * x * (1.0 - x)
  sum = sum + sign / (2.0 * i - 1.0)
  sign = -sign
end
print(string.format("%.9f %.9f", x, sum * 4))
