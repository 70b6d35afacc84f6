-- Keys of all kinds, inserted, overwritten, deleted and traversed while tables grow; checked against a list.
local function check(make, n)
  local t, keys = {}, {}
  for i = 1, n do keys[i] = make(i) end
  for i = 1, n do t[keys[i]] = i end
  local bad = 0
  for i = 1, n do if t[keys[i]] ~= i then bad = bad + 1 end end
  for i = 1, n, 3 do t[keys[i]] = nil end
  for i = 1, n, 6 do t[keys[i]] = -i end
  local count, sum = 0, 0
  for k, v in pairs(t) do count = count + 1; sum = sum + v; if t[k] ~= v then bad = bad + 1 end end
  local k, steps = next(t), 0
  while k ~= nil do steps = steps + 1; k = next(t, k) end
  for key in next, t do if rawget(t, key) == nil then bad = bad + 1 end end
  print(bad, count, sum, steps)
end
for _, n in ipairs { 1, 2, 3, 5, 8, 40, 300 } do
  check(function(i) return i end, n)
  check(function(i) return n - i + 1 end, n)
  check(function(i) return i * 97 - 1000 end, n)
  check(function(i) return i << 20 end, n)
  check(function(i) return (1 << 60) + i end, n)
  check(function(i) return i + 0.5 end, n)
  check(function(i) return i * 2.0 end, n)
  check(function(i) return "k" .. i end, n)
  check(function(i) return string.rep("long", 12) .. i end, n)
  check(function() return {} end, n)
  check(function() return function() return n end end, n)
  check(function(i) return i % 2 == 0 and i or "s" .. i end, n)
  check(function(i) return coroutine.create(print) end, n)
end
-- Floats and integers that are equal are one key.
local t = {}
t[1.0] = "a"; t[2^53] = "b"; t[-0.0] = "z"
print(t[1], t[1 << 53], t[0], next({ [3.0] = 1 }))
print(pcall(function() t[0 / 0] = 1 end))
print(t[0 / 0], rawget(t, 0 / 0), t[nil])
-- Arrays: append, shorten, holes, elements that wait in the hash part.
local a = {}
for i = 1, 10 do a[#a + 1] = i end
for _ = 1, 4 do a[#a] = nil end
print(#a, a[6], a[7])
a[8] = 8; a[9] = 9
print(a[7], #a == 6 or #a == 9)
a[7] = 7
print(#a)
local h = { x = 1 }
h[3] = 3; h[2] = 2; h[1] = 1
print(#h, h[1], h[2], h[3], h.x)
h[4], h[5], h[6] = 4, 5, 6
for i = 6, 1, -1 do h[i] = nil end
print(#h, next(h))
local s = { 1, 2, 3, 4, n = 4 }
s[#s + 1] = 5; s[#s + 1] = 6
s[3] = nil; s[6] = nil; s[5] = nil; s[4] = nil
print(s[1], s[2], s[3], s.n)
for i = 3, 9 do s[i] = i end
print(#s)
-- What is known about absent metamethods ends when one is added, also under a key that was there before.
local mt = {}
local o = setmetatable({}, mt)
print(o.x, #o, rawlen(o))
mt.__index = function(_, k) return k .. "!" end
mt.__len = function() return 42 end
print(o.x, #o)
mt.__index, mt.__len = nil, nil
print(o.x, #o)
mt.__index, mt.__len = { x = "again" }, function() return 43 end
print(o.x, #o)
mt["__new" .. "index"] = function(t, k, v) rawset(t, k, v * 2) end
o.y = 21
print(o.y, rawget(o, "y"))
-- Loops that change what they traverse, as far as the manual allows.
local m = {}
for i = 1, 50 do m[i] = i; m["k" .. i] = i; m[-i] = i end
local seen = 0
for k, v in pairs(m) do seen = seen + 1; m[k] = v > 25 and nil or v + 1 end
local left = 0
for _ in pairs(m) do left = left + 1 end
print(seen, left)
for i, v in ipairs(m) do if i == 3 then m[4] = nil end; seen = seen + v end
print(seen)
-- Iterators that are not what their names say, and loops with more or fewer variables.
local function check_names()
  local pairs = function(t) return function(_, k) if (k or 0) < 2 then return (k or 0) + 1, "own" end end, t end
  for k, v in pairs({}) do io.write(k, v, " ") end
  local ipairs = _G.pairs
  for k, v in ipairs({ a = 1 }) do io.write(k, v, " ") end
  local next = _G.ipairs({})
  for k, v in next, { 5, 6 }, 0 do io.write(k, v, " ") end
  for k in _G.pairs({ 7 }) do io.write(k, " ") end
  for k, v, w in _G.pairs({ 7 }) do io.write(k, v, tostring(w), " ") end
  for k, v in _G.next, { 8, 9 }, 1 do io.write(k, v, " ") end
  print()
end
check_names()
local functions = {}
for k, v in pairs({ 1, 2, 3 }) do functions[k] = function() v = v + k; return v end end
print(functions[1](), functions[1](), functions[2](), functions[3]())
for i, v in ipairs({ 1, 2, 3, 4 }) do if v == 2 then goto continue end; if i == 4 then break end; io.write(v, " ") ::continue:: end
print()
