-- Many short coroutines one after the other: their stacks serve again, after ends, errors, closes and abandonment.
local create, resume, yield, wrap, status, close = coroutine.create, coroutine.resume, coroutine.yield, coroutine.wrap, coroutine.status, coroutine.close
local function body(a, b, ...) local c, d = yield(a + 1, b); return c, d, select("#", ...) end
local sum = 0
for i = 1, 300 do
  local co = create(body)
  local _, x, y = resume(co, i, "b", 3, 4, 5, 6)
  local _, c, d, n = resume(co, x, y)
  sum = sum + c + n
  assert(d == "b" and status(co) == "dead")
  assert(select(2, resume(co)) == "cannot resume dead coroutine")
end
print(sum)
-- A stack after an error, also one from deep down.
local function deep(n) if n == 0 then error({ code = 7 }) end return deep(n - 1) + 1 end
for i = 1, 50 do
  local ok, e = resume(create(deep), i * 20)
  assert(not ok and e.code == 7)
  local ok2, e2 = resume(create(function(...) local t; return t.x end), i)
  assert(not ok2 and e2:find("index a nil value"))
  assert(wrap(function(...) return ... end)(i) == i)
end
-- Closed before the start, in the middle, with variables to be closed; and left behind.
local log = {}
for i = 1, 20 do
  local co = create(function() local x <close> = setmetatable({}, { __close = function(_, e) log[#log + 1] = tostring(e) end }); yield(i); if i then return i end end)
  if i % 4 == 0 then close(co)
  elseif i % 4 == 1 then resume(co); assert(close(co))
  elseif i % 4 == 2 then resume(co); resume(co)
  else resume(co) end
  collectgarbage("step")
end
print(#log, log[1], log[2])
-- More alive at a time than are kept; nested ones; results of every length.
local alive = {}
for i = 1, 200 do alive[i] = wrap(function(n) while true do n = n + yield(n) end end); alive[i](i) end
local total = 0
for round = 1, 3 do for i = 1, 200 do total = total + alive[i](round) end end
alive = nil
collectgarbage()
print(total)
local ended = {}
for i = 1, 150 do ended[i] = create(function(...) return yield(...) end); resume(ended[i]) end
for i = 1, 150 do resume(ended[i]) end
for i = 1, 150 do ended[i] = wrap(function(...) return select("#", ...) end)(i, nil, nil) end
print(#ended, ended[150])
local function nest(n) if n == 0 then return "bottom" end return wrap(function() return nest(n - 1) end)() end
print(nest(100), nest(3))
for n = 0, 7 do
  local values = {}
  for i = 1, n do values[i] = i * i end
  local co = wrap(function(...) local p = table.pack(yield(...)); return table.unpack(p, 1, p.n) end)
  print(select("#", co(table.unpack(values))), select("#", co(table.unpack(values))))
end
-- Iterators in loops.
local function range(n) return wrap(function() for i = 1, n do yield(i, i * 2) end end) end
local s = 0
for _ = 1, 50 do for i, d in range(5) do s = s + i * d end end
print(s, coroutine.isyieldable(), wrap(function() return coroutine.isyieldable(), coroutine.running() ~= nil end)())
print(pcall(create, 1), pcall(resume, 1), pcall(wrap), pcall(yield, 1))
print(resume(coroutine.running()))
print(pcall(wrap(function() error("in wrap") end)), type((select(2, pcall(wrap(function() error({}) end))))))
