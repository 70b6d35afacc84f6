-- Comparison chains and the order of evaluation of and/or/not.
print(1 < 2, 2 <= 2, 1 == 1.0, "a" < "b", "a" < "B", "" < "a", "a\0b" < "a\0c", "Z" < "a")
print("10" < "9", "abc" < "abcd", "abc" <= "abc", "b" > "abc")
print(pcall(function() return 1 < "2" end))
print(pcall(function() return {} < {} end))
print(pcall(function() return nil > 1 end))
print(pcall(function() return "x" <= 3 end))
print(pcall(function() return print < print end))
print("1" == 1, 0 == -0, nil == false, {} == {}, print == print)
local log = {}
local function v(x) log[#log + 1] = tostring(x); return x end
print(v(nil) or v(false) or v(3) or v(4), v(1) and v(nil) and v(5), not v(nil))
print(table.concat(log, ","))
print(nil and 1, false and 1, 1 and nil, nil or false, false or nil, 1 or error())
print(1 == 1 == true, 1 < 2 == true, not (1 == 2), not 1 == 2)
local a <const> = 5
print(a > 3 and a < 10 and "in" or "out", a > 7 and "big" or a > 4 and "mid" or "small")
local function cmp(a, b) return a < b, a <= b, a > b, a >= b, a == b, a ~= b end
print(cmp(1, 2)); print(cmp(2.5, 2)); print(cmp("x", "x")); print(cmp(-0.0, 0)); print(cmp(0 / 0, 0))
print(cmp(math.maxinteger, 2 ^ 63)); print(cmp(math.mininteger, -2 ^ 63)); print(cmp(1, 1.5))
