-- Producers, filters and consumers; generators of permutations and trees; a round-robin of tasks.
local function producer(list) return coroutine.create(function() for _, v in ipairs(list) do coroutine.yield(v) end return nil end) end
local function filter(src) return coroutine.create(function() local n = 1; while true do local _, v = coroutine.resume(src); if not v then return nil end coroutine.yield(("%d:%s"):format(n, v)); n = n + 1 end end) end
local function consume(src) while true do local _, v = coroutine.resume(src); if not v then break end io.write(v, " ") end print() end
consume(filter(producer {"a", "b", "c"})) consume(filter(filter(producer {"x", "y"})))
local function permgen(a, n) n = n or #a; if n <= 1 then coroutine.yield(a) else for i = 1, n do a[n], a[i] = a[i], a[n]; permgen(a, n - 1); a[n], a[i] = a[i], a[n] end end end
for p in coroutine.wrap(function() permgen {1, 2, 3} end) do io.write(table.concat(p), " ") end print()
local function inorder(t) if t then inorder(t.l); coroutine.yield(t.v); inorder(t.r) end end
local function insert(t, v) if not t then return {v = v} end if v < t.v then t.l = insert(t.l, v) else t.r = insert(t.r, v) end return t end
local root for _, v in ipairs {5, 2, 8, 1, 9, 3} do root = insert(root, v) end
for v in coroutine.wrap(function() inorder(root) end) do io.write(v, " ") end print()
local function fib() local a, b = 0, 1; while true do coroutine.yield(a); a, b = b, a + b end end
local function take(n, f) return coroutine.wrap(function() local g = coroutine.wrap(f); for _ = 1, n do coroutine.yield(g()) end end) end
for v in take(12, fib) do io.write(v, " ") end print()
local tasks, log = {}, {}
for id, n in ipairs {3, 1, 2} do tasks[#tasks + 1] = coroutine.create(function() for i = 1, n do log[#log + 1] = id .. "." .. i; coroutine.yield() end log[#log + 1] = id .. "done" end) end
while #tasks > 0 do for i = #tasks, 1, -1 do coroutine.resume(tasks[i]); if coroutine.status(tasks[i]) == "dead" then table.remove(tasks, i) end end end print(table.concat(log, " "))
local function same_fringe(a, b) local x, y = coroutine.wrap(function() inorder(a) end), coroutine.wrap(function() inorder(b) end); while true do local p, q = x(), y(); if p ~= q then return false end if p == nil then return true end end end
local other for _, v in ipairs {1, 2, 3, 5, 8, 9} do other = insert(other, v) end print(same_fringe(root, other)) insert(other, 7) print(same_fringe(root, other))
