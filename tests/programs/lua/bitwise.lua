-- Bitwise operators: shifts beyond the width, floats and strings as operands.
print(0xF0 & 0x3C, 0xF0 | 0x0F, 0xF0 ~ 0xFF, ~0, ~5)
print(1 << 0, 1 << 62, 1 << 63, 1 << 64, 1 << 100, 1 << -1)
print(-1 >> 0, -1 >> 1, -1 >> 63, -1 >> 64, -1 >> -1, 8 >> -2, 8 << -2)
print(3.0 & 1, 2 ^ 53 | 0, -0.0 | 0)
for _, op in ipairs { [["7" & 3]], [[1 | "0x10"]], [["3.0" ~ 1]], [[~"1"]], [[1 << "2"]] } do
  print(op, pcall(load("return " .. op, "=op")))
end
print(pcall(function() return 1.5 & 1 end))
print(pcall(function() return "a" | 1 end))
print(pcall(function() return 2 ^ 64 | 0 end))
print(pcall(function() return {} & 1 end))
print(pcall(function() local t = {} ; return 1 ~ t.x end))
print(pcall(function() return "1.5" & 1 end))
print(1 + 2 << 3, 1 << 2 + 3, 5 & 3 == 1 and "eq" or "ne", 1 | 2 ~ 3 & 4)
print(-1 >> 60 & 7, ~1 << 1, not nil == true)
local function popcount(x)
  local n = 0
  while x ~= 0 do x = x & (x - 1); n = n + 1 end
  return n
end
print(popcount(-1), popcount(0), popcount(0x5555555555555555), popcount(math.mininteger))
local function rotl(x, k) return (x << k) | (x >> (64 - k)) end
print(rotl(1, 63), rotl(math.mininteger, 1), string.format("%x", rotl(0x123456789ABCDEF0, 12)))
for s = -65, 65, 13 do io.write(1 << s, " ", math.mininteger >> s, "; ") end
print()
