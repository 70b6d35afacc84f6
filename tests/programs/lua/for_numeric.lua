-- Numeric for: bounds that overflow, float steps, empty loops, errors.
local function run(a, b, c)
  local r = {}
  for i = a, b, c or 1 do r[#r + 1] = tostring(i); if #r > 12 then r[#r + 1] = "..." break end end
  print(#r, table.concat(r, " "))
end
run(1, 3) run(3, 1) run(3, 1, -1) run(1, 0) run(1, 1)
run(1.0, 3) run(1, 3.9) run(1, 2, 0.25) run(0, 1, 0.1) run(1, -1, -0.5)
run(math.maxinteger - 2, math.maxinteger) run(math.mininteger + 2, math.mininteger, -1)
run(math.maxinteger - 1, math.huge) run(math.mininteger, math.mininteger + 5, 3)
run(1, math.huge, 1 << 61) run(1, -math.huge, -(1 << 62)) run(1, 0 / 0) run(-3, 3, 3)
run(math.mininteger, math.maxinteger, math.maxinteger) run(0, 10, 11)
run(3, 2.5, -1) run(-1, -1.5, -1) run(1, 10, 4) run(10, 1, -4)
print(pcall(function() for i = 1, 10, 0 do end end))
print(pcall(function() for i = 1.0, 10, 0 do end end))
print(pcall(function() for i = "a", 10 do end end))
print(pcall(function() for i = 1, {} do end end))
print(pcall(function() for i = 1, 2, print do end end))
print(pcall(function() for i = 1, "2" do end end))
-- changing the control variable does not change the loop; bounds are evaluated once
local calls = 0
local function bound() calls = calls + 1; return 4 end
for i = 1, bound() do i = i * 100 end
print(calls)
local fs = {}
for i = 1, 3 do fs[i] = function() i = i + 1; return i end end
print(fs[1](), fs[1](), fs[2](), fs[3]())
for i = 1, 0x7fffffffffffffff, 0x4000000000000000 do io.write(i, " ") end print()
local s = 0
for i = 1, 20000 do s = s + i % 7 end
print(s, math.type(s))
