-- Varargs in every position, with every number of parameters before them and values in them.
local select, unpack, pack = select, table.unpack, table.pack
local function show(...) print(select("#", ...), ...) end
local kinds = {
  [0] = function(...)
    local a, b = ...
    local t, u, w = { ... }, { 1, ... }, { ..., 2 }
    show(...) show(9, ...) show((...)) show(a, b)
    return #t, #u, #w, select("#", ...), (select(1, ..., nil)), ...
  end,
  function(p, ...)
    local a, b = ...
    local t, u, w = { ... }, { p, ... }, { ..., p }
    show(...) show(p, ...) show((...)) show(a, b)
    return #t, #u, #w, select("#", ...), p, ...
  end,
  function(p, q, r, ...)
    local a, b = ...
    local t, u = { ... }, { p, q, ... }
    show(...) show(p, q, r, ...) show(a, b)
    return #t, #u, select("#", ...), ...
  end,
  function(p, q, r, s, ...)
    local a, b, c = ...
    show(...) show(s, ...) show(a, b, c)
    return select("#", { ... }), select("#", ...), ...
  end,
  function(p, q, r, s, t, u, ...)
    local a = ...
    show(...) show(u, ...) show(a)
    return select("#", ...), ...
  end,
}
for k = 0, #kinds do
  for n = 0, 9 do
    local values = {}
    for i = 1, n do values[i] = k * 100 + i end
    show(kinds[k](unpack(values, 1, n)))
  end
end
-- select with all kinds of numbers.
local function pick(i, ...) return (select(i, ...)) end
local function one(...) return (select(1, ...)), (select(2, ...)), (select(5, ...)), (select(7, ...)), (select(-1, ...)) end
print(pick(1, "a", "b"), pick(2, "a", "b"), pick(3, "a", "b"), pick(-1, "a", "b"), pick(2.0, "a", "b"), pick("2", "a", "b"), pick("#", 1, 2, 3))
print(one(1, 2, 3, 4, 5, 6, 7, 8))
print(one("x"))
print(pcall(pick, 0, 1), pcall(pick, -5, 1), pcall(pick, {}, 1), pcall(pick, 1.5, 1))
show(select(2, 1, 2, 3)) show(select(5, 1, 2, 3)) show(select(-2, 1, 2, 3)) show(select(3, 1, 2, 3, 4, 5, 6, 7)) show(select(6, 1, 2, 3, 4, 5, 6, 7))
local function sum(...)
  local s = 0
  for i = 1, select("#", ...) do s = s + (select(i, ...)) end
  return s
end
print(sum(), sum(1), sum(1, 2, 3, 4), sum(1, 2, 3, 4, 5), sum(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
do
  local select = function(...) return "mine" end
  local function f(...) return (select("#", ...)), (select(1, ...)) end
  print(f(1, 2, 3))
end
-- The arguments stay what they are, whatever is done with them.
local function kept(...)
  local t = { ... }
  t[1], t[5] = "changed", "changed"
  local s = string.format("%s %s %s %s %s %s", ...)
  local c = table.concat({ ... }, " ")
  io.write(...) io.write("\n")
  return s == c, math.type((select(5, ...))), math.type((select(6, ...))), ...
end
print(kept(1, 2, 3, 4, 5, 6.5))
-- nils inside and at the end.
show(nil, nil) show(unpack({ 1, nil, 3 }, 1, 5))
local p = pack(nil, 2, nil)
print(p.n, p[1], p[2], p[3], #{ nil, 2 }, #{ n = 1, ... })
print(pack().n, pack(1, 2, 3, 4, 5, 6).n, #pack(1, 2, 3, 4, 5, 6), pack(1, nil, nil, nil, nil, nil).n)
-- Kept by coroutines and closures.
local function hold(...)
  local co = coroutine.wrap(function(...) while true do coroutine.yield(select("#", ...), ...) end end)
  co(...)
  collectgarbage()
  return co()
end
show(hold(1, 2, 3)) show(hold(1, 2, 3, 4, 5, 6))
local function tail(n, ...) if n == 0 then return ... end return tail(n - 1, n, ...) end
show(tail(0)) show(tail(3)) show(tail(9))
print(#{ tail(200) }, select("#", tail(100)))
print(pcall(unpack, {}, 1, 1e7))
