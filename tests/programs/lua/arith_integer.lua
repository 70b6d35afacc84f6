-- Integer arithmetic: wrap-around, division and modulo with every combination of signs.
print(math.maxinteger + 1 == math.mininteger, math.mininteger - 1 == math.maxinteger)
print(math.maxinteger * 2, math.mininteger * -1, -math.mininteger)
print(0x7fffffffffffffff, 0xffffffffffffffff, 0x10000000000000001)
for _, p in ipairs { {7, 3}, {-7, 3}, {7, -3}, {-7, -3}, {6, 3}, {-6, 3}, {0, 5}, {0, -5} } do
  local a, b = p[1], p[2]
  print(a, b, a // b, a % b, (a // b) * b + a % b == a)
end
print(math.mininteger // -1, math.mininteger % -1)
print(math.mininteger // 1, math.maxinteger % math.mininteger)
print(pcall(load("local a = 0 return 1 // a", "=div")))
print(pcall(load("local a = 0 return 1 % a", "=mod")))
print(9007199254740993, 9007199254740993 + 0, 4503599627370496 * 2, 2251799813685248 * 4096)
-- around 2^51 and 2^52, where a tagged representation changes
local edge = 1 << 51
for d = -2, 2 do print(edge + d, -(edge + d), (edge + d) * 2, (edge + d) - edge) end
local x = 1
for i = 1, 70 do x = x * 3 end
print(x)
local h = 0xcbf29ce484222325
for c in ("hash me"):gmatch "." do h = (h ~ c:byte()) * 1099511628211 end
print(h)
print(1e15, 10 ^ 2, 7 / 2, 8 / 2, 3 | 0)
print(5 // 1, 5.0 // 1, -5 // 2, -5.0 // 2)
print(math.type(1), math.type(1.0), math.type("1"), math.type(2 ^ 31), math.type(1 // 1), math.type(1 / 1))
print(math.ult(1, -1), math.ult(-1, 1), math.abs(math.mininteger), math.abs(-5))
print(9223372036854775807, 9223372036854775808, -9223372036854775808)
