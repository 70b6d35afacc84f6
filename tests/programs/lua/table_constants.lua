-- Long runs of constants in constructors, of every kind, beside what is no constant.
local function make(x)
  return {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
    name = "n", [3] = "overwritten",
    -1, -2.5, 0.0, -0.0, 1e308, -1e308, 9007199254740993, -9007199254740993, math.maxinteger, 0x7fffffffffffffff, -0x7fffffffffffffff,
    "a", "b", "a string that is longer than forty bytes, so it is not interned", "", "\0", true, false, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
    x, nil, "after nil",
    "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16", "s17", "s18", "s19", "s20", "s21", x, (x)
  }
end
for round = 1, 3 do
  local t = make("x" .. round)
  print(#t, t.name, t[3], t[23], t[24], t[25], 1 / t[26])
  local texts = {}
  for i = 1, #t do texts[i] = math.type(t[i]) or type(t[i]) end
  print(table.concat(texts, " "))
  for i = 27, 40 do io.write(tostring(t[i]), " ") end
  print(t[62], t[63], t[64], t[65], t[#t - 2], t[#t])
  t[1] = "changed"
  t[70] = nil
  collectgarbage()
end
print(make(0)[1], make(0)[70])
local keyed = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, a = 1, ["b c"] = 2, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52}
print(#keyed, keyed.a, keyed["b c"], keyed[22], keyed[23], keyed[52])

-- One table for each run, and one source of many elements.
local list = {}
for i = 1, 5000 do list[i] = i % 3 == 0 and '"s' .. i .. '"' or tostring(i) end
local f = load("return {" .. table.concat(list, ",") .. "}")
local a, b = f(), f()
assert(a ~= b and #a == 5000 and #b == 5000)
for i = 1, 5000 do assert(a[i] == b[i] and (i % 3 == 0 and a[i] == "s" .. i or a[i] == i or i % 3 == 0)) end
a[5001] = "more"
print(#a, #b, a[4999], b[4998])
