-- Closures made and called: counters, composition, map/filter/fold.
local n = tonumber(arg and arg[1]) or 2000
local function counter(start) local c = start; return function(step) c = c + step; return c end end
local function map(t, f) local r = {}; for i = 1, #t do r[i] = f(t[i]) end return r end
local function filter(t, f) local r = {}; for i = 1, #t do if f(t[i]) then r[#r + 1] = t[i] end end return r end
local function fold(t, f, a) for i = 1, #t do a = f(a, t[i]) end return a end
local function compose(f, g) return function(x) return f(g(x)) end end
local list = {}
for i = 1, 10000 do list[i] = i end
local total = 0
for round = 1, n do
  local c = counter(round)
  local doubled = map(list, compose(function(x) return x * 2 end, function(x) return x + round end))
  local some = filter(doubled, function(x) return x % 3 == 0 end)
  total = (total + fold(some, function(a, b) return (a + b) % 1000003 end, 0) + c(1) + c(2)) % 1000003
  for i = 1, 2000 do local add = counter(i); total = (total + add(round)) % 1000003 end
end
print(total)
