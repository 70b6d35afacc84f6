-- A stack overflow is an error like others: with a position, a traceback and a handler that runs where it happened.
local function loop() return 1 + loop() end
print(pcall(loop))
print(xpcall(loop, function(message) return "handled: " .. tostring(message) end))
local traceback = select(2, xpcall(loop, debug.traceback))
print((traceback:match("^[^\n]*")), traceback:match("stack traceback:\n[^\n]*"), (traceback:gsub("skipping %d+", "skipping n"):match("skipping n levels")))

-- Handlers that fail.
print(xpcall(loop, loop))
print(xpcall(error, function() error("again") end, 1))
print(xpcall(error, function(message) local sum = message + {} end, {}))

-- Everywhere, and again and again.
local co = coroutine.wrap(function() return (loop()) end)
print(pcall(co))
print(pcall(string.gsub, "a", ".", function() return (loop()) end))
for i = 1, 3 do assert(not pcall(loop)) end
local closed
print(pcall(function()
  local x <close> = setmetatable({}, {__close = function(_, message) closed = message end})
  return (loop())
end))
print(closed)
local t = setmetatable({}, {})
getmetatable(t).__index = function(self, key) return self[key] end
print((select(2, pcall(function() return t.x end)):gsub("C stack", "stack")))
