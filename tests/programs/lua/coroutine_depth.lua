-- Calls in a coroutine nest about as deep as elsewhere.
local function sum(n) if n == 0 then return 0 end return n + sum(n - 1) end
local function list(n) local t = { n } if n > 0 then t.next = list(n - 1) end return t end

print(coroutine.wrap(sum)(100000))
print(coroutine.wrap(function()
  local n, at = 0, list(50000)
  while at do n, at = n + 1, at.next end
  return n
end)())

-- A yield from that deep, and an end of the stack.
local function dive(n) if n == 0 then return coroutine.yield("bottom") end return dive(n - 1) + 1 end
local co = coroutine.wrap(dive)
print(co(100000), co(5))
local function forever() return 1 + forever() end
local ok, message = coroutine.resume(coroutine.create(forever))
print(ok, (message:gsub("^.-:%d+: ", ""):match("^[^\n(]*")))
