-- Coroutines: status, wrap, passing values, errors, isyieldable, running, close.
local co = coroutine.create(function(a, b) print("start", a, b); local c = coroutine.yield(a + b); print("got", c); local d, e = coroutine.yield(c * 2); print("got", d, e); return "end", d end)
print(coroutine.status(co), type(co)) print(coroutine.resume(co, 1, 2)) print(coroutine.status(co)) print(coroutine.resume(co, 10)) print(coroutine.resume(co, "x", "y")) print(coroutine.status(co)) print(coroutine.resume(co))
local main, ismain = coroutine.running() print(type(main), ismain, coroutine.isyieldable(), coroutine.status(main))
print(coroutine.wrap(function() local c, m = coroutine.running(); return m, coroutine.isyieldable(), coroutine.status(c), coroutine.status(main) end)())
print(coroutine.resume(coroutine.running())) print(pcall(coroutine.yield, 1)) print(pcall(coroutine.resume, 1)) print(pcall(coroutine.create, 1)) print(pcall(coroutine.status, {}))
-- errors
co = coroutine.create(function() error("oops", 0) end) print(coroutine.resume(co)) print(coroutine.status(co), coroutine.resume(co))
co = coroutine.create(function() error({code = 5}) end) print(select(2, coroutine.resume(co)).code)
print(pcall(coroutine.wrap(function() error("in wrap", 0) end))) print(pcall(coroutine.wrap(function() local x; x() end)))
local w = coroutine.wrap(function() return 1 end) w() print(pcall(w))
-- yield across pcall, xpcall, metamethods, iterators
co = coroutine.wrap(function() local ok, v = pcall(function() local r = coroutine.yield "in pcall"; if r == "fail" then error("failed after yield", 0) end return r end); coroutine.yield(tostring(ok) .. " " .. v); return xpcall(function() coroutine.yield "in xpcall"; error "E" end, function(m) return "handled" end) end)
print(co()) print(co "fail") print(co()) print(co())
local mt = {__add = function(a, b) return coroutine.yield "add" end, __index = function(t, k) return coroutine.yield("index " .. k) end, __newindex = function(t, k, v) coroutine.yield("newindex " .. k) end, __call = function(_, x) return coroutine.yield("call " .. x) end, __eq = function() return coroutine.yield "eq" end, __lt = function() return coroutine.yield "lt" end, __le = function() return coroutine.yield "le" end, __concat = function() return coroutine.yield "concat" end, __len = function() return coroutine.yield "len" end, __unm = function() return coroutine.yield "unm" end}
local o, o2 = setmetatable({}, mt), setmetatable({}, mt)
co = coroutine.wrap(function() local r = {}; r[1] = o + 1; r[2] = o.field; o.z = 1; r[3] = o "arg"; r[4] = tostring(o == o2); r[5] = tostring(o < o2); r[6] = tostring(o <= o2); r[7] = o .. "s"; r[8] = #o; r[9] = -o; return table.concat(r, " ") end)
local x = co() while true do io.write(x, "; ") local y = co(x:sub(1, 2):upper()); if #y > 20 then print() print(y) break end x = y end
for i in coroutine.wrap(function() for i = 1, 5 do coroutine.yield(i) end end) do io.write(i, " ") end print()
for v in (function() return coroutine.wrap(function() for k in pairs {a = 1} do coroutine.yield(k) end end) end)() do print(v) end
co = coroutine.wrap(function() for i in function(_, c) coroutine.yield("iter"); c = (c or 0) + 1; if c < 3 then return c end end do coroutine.yield(i) end return "over" end)
for _ = 1, 6 do io.write(tostring(co()), " ") end print()
-- close
co = coroutine.create(function() coroutine.yield() end) coroutine.resume(co) print(coroutine.close(co), coroutine.status(co), coroutine.close(co)) print(coroutine.close(coroutine.create(print)))
co = coroutine.create(function() error "x" end) coroutine.resume(co) print(coroutine.close(co)) print(pcall(coroutine.close, coroutine.running()))
-- a coroutine that resumes another; the status of the resumer is normal
local outer outer = coroutine.create(function() local inner = coroutine.create(function() return coroutine.status(outer), coroutine.resume(outer) end); return coroutine.resume(inner) end) print(coroutine.resume(outer))
print(select("#", coroutine.resume(coroutine.create(function() return nil, nil end)))) print(coroutine.wrap(function(...) return select("#", ...), coroutine.yield(...) end)(nil, nil))
local function many(n) local c = coroutine.wrap(function() if n > 0 then return 1 + many(n - 1) end return 0 end) return c() end print(many(100))
local t = {} for i = 1, 1000 do t[i] = coroutine.wrap(function() local s = i; while true do s = s + coroutine.yield(s) end end) t[i]() end local s = 0 for r = 1, 3 do for i = 1, 1000 do s = s + t[i](r) end end print(s)
