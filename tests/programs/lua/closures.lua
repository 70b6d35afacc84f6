-- Closures: shared upvalues, fresh locals per iteration, counters, recursion, nesting.
local function counter() local n = 0; return function() n = n + 1; return n end, function() return n end, function(v) n = v end end
local inc, get, set = counter()
inc() inc() print(get()) set(40) print(inc(), get())
local inc2 = counter()
print(inc2(), get())
local fs = {}
for i = 1, 3 do local j = i; fs[i] = function() j = j + i; return j end end
for i = 1, 3 do io.write(fs[i](), " ", fs[i](), " ") end print()
local w, ws = 0, {}
while w < 3 do w = w + 1; local c = w; ws[w] = function() c = c * 2; return c + w end end
print(ws[1](), ws[2](), ws[3](), ws[1]())
local function compose(...)
  local f = {...}
  return function(...)
    local r = table.pack(...)
    for i = #f, 1, -1 do r = table.pack(f[i](table.unpack(r, 1, r.n))) end
    return table.unpack(r, 1, r.n)
  end
end
print(compose(function(a) return a + 1 end, function(a, b) return a * b end)(6, 7))
local function curry(f, n) n = n or 2; if n == 1 then return f end
  return function(a) return curry(function(...) return f(a, ...) end, n - 1) end end
print(curry(function(a, b, c) return a .. b .. c end, 3) "x" "y" "z")
local Y = function(f) return (function(x) return x(x) end)(function(x) return f(function(...) return x(x)(...) end) end) end
print(Y(function(self) return function(n) return n < 2 and 1 or n * self(n - 1) end end)(20))
-- three levels deep, all writing the same variable
local function outer() local x = 1
  return function() return function() x = x * 2; return function() x = x + 1; return x end end end end
local mid = outer()
print(mid()()(), mid()()(), mid()()())
local function vararg_capture(...) local a, b = ...; return function() a, b = b, a; return a, b end end
local sw = vararg_capture("l", "r")
print(sw()) print(sw())
-- parameters are ordinary locals
local function p(n) local f = function() n = n - 1; return n end; f(); f(); return n end
print(p(10))
local a; local function b() return a and a() or "none" end; print(b()); a = function() return "late" end; print(b())
-- a closure in a repeat condition scope, captured before and after the assignment
local held = {}
local k = 0
repeat local x = k; held[#held + 1] = function() x = x + 100; return x end; k = k + 1 until x >= 2
for _, f in ipairs(held) do io.write(f(), " ", f(), " ") end print()
local loop = {}
for i = 1, 2 do local function f(n) if n == 0 then return i end return f(n - 1) end loop[i] = f end
print(loop[1](5), loop[2](3))
