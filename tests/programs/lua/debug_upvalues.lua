-- Captured variables have an identity that their closures share.
local f1, f2, f3
do
  local a, b = 3, 5
  f1 = function() return a + b end
  f2 = function() return b + a end
  do
    local a = 10
    f3 = function() return a + b end
  end
end
local id = debug.upvalueid
print(id(f1, 1) == id(f2, 2), id(f1, 2) == id(f2, 1), id(f1, 1) == id(f3, 1), id(f1, 2) == id(f3, 2), id(f1, 3))
print(debug.setupvalue(f1, 1, 30), f1(), f2(), f3())
debug.upvaluejoin(f1, 2, f2, 2)
print(f1(), f2(), f3())
debug.upvaluejoin(f3, 2, f2, 2)
print(f3())
print(pcall(debug.upvaluejoin, f1, 3, f2, 1))
print(pcall(debug.upvaluejoin, print, 1, f2, 1))

-- Long strings are objects of their own, short ones are one.
local function address(s) return string.format("%p", s) end
local long = string.rep("a", 300)
print(address(long) == address(long), address(long) == address(string.rep("a", 300)), address("ab") == address("a" .. "b"))
print(address(long) == address((long:gsub("a", {}))), address({}) == address({}))
print(package.searchpath("x", ";;a?"))
print(pcall(require, "no.such.module") == false)
print(#string.dump(f1) > 20, string.dump(f1):sub(1, 5) == "\27Lua\x54")
