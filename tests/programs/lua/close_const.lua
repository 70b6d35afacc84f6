-- <close> and <const>: order, errors in __close, nil and false, return values, coroutines.
local function c(name, err) return setmetatable({}, {__close = function(_, e) print("close " .. name, e); if err then error(err, 0) end end}) end
do local a <close> = c "a"; local b <close> = c "b"; local n <close> = nil; local f <close> = false; print "body" end
local function f() local a <close> = c "fa"; return "result", 2, nil end
print(f())
print(pcall(function() local a <close> = c "pa"; local b <close> = c "pb"; error("original", 0) end))
print(pcall(function() local a <close> = c("qa", "from qa"); local b <close> = c("qb", "from qb"); error("original", 0) end))
print(pcall(function() local a <close> = c "ra"; local b <close> = c("rb", "only rb"); return 1 end))
print(pcall(function() local x <close> = 42 end))
print(pcall(function() local x <close> = {} end))
print(select(2, load("local x <const> = 1; x = 2", "=k")), select(2, load("local x <close> = nil; x = 2", "=k")))
print(select(2, load("local a <close>, b <close> = 1, 2", "=k")))
print(select(2, load("local x <const> = 1; return function() x = 3 end", "=k")))
for i = 1, 3 do local a <close> = c("loop" .. i); if i == 2 then break end end
while true do local a <close> = c "while"; goto out end ::out::
local co = coroutine.create(function() local a <close> = c "co"; coroutine.yield(1); print "unreached" end)
print(coroutine.resume(co)) print(coroutine.close(co), coroutine.status(co))
co = coroutine.create(function() local a <close> = c("co2", "close failed"); coroutine.yield(1) end)
coroutine.resume(co) print(coroutine.close(co))
co = coroutine.wrap(function()
  local a <close> = setmetatable({}, {__close = function() coroutine.yield "yield in close"; print "after yield" end})
  return "done"
end)
print(co()) print(co())
-- a tail call in a block with a closable variable is no tail call
local order = {}
local function g() order[#order + 1] = "g"; return "g" end
local function h() local x <close> = setmetatable({}, {__close = function() order[#order + 1] = "close" end}); return g() end
print(h(), table.concat(order, ","))
-- the closed value is the one bound at declaration, and metatable changes afterwards count
local mt = {__close = function() print "first" end}
do local v <close> = setmetatable({}, mt); mt.__close = function() print "second" end end
print(pcall(function()
  local a <close> = setmetatable({}, {__close = function(_, e) print("saw", e); error("code 7", 0) end})
  error "x"
end))
local K <const> = 10; local S <const> = "s"; local N <const> = nil
print(K * 2, S .. K, N, (function() return K + 1 end)())
