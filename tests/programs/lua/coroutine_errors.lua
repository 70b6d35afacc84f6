-- A coroutine that an error ends keeps its stack until it is closed: pending variables, tracebacks, levels.
local function closable(name)
  return setmetatable({}, {__close = function(_, e) print("close " .. name, e) end})
end

local co = coroutine.create(function()
  local a <close> = closable("a")
  local function inner()
    local b <close> = closable("b")
    error("oops")
  end
  inner()
end)
print(coroutine.resume(co))
print(coroutine.status(co))
print(debug.traceback(co))
print(debug.traceback(co, "with a message", 1))
print(debug.traceback(co, nil, 2))
print(debug.getinfo(co, 0, "n").name, debug.getinfo(co, 1, "l").currentline, debug.getinfo(co, 5))
print(coroutine.close(co))
print(coroutine.status(co))
print(coroutine.close(co))
print(debug.traceback(co))

-- wrap closes at once
local wrapped = coroutine.wrap(function()
  local a <close> = closable("wrapped")
  local x = nil + 1
end)
print(pcall(wrapped))
print(pcall(wrapped))

-- an error in __close takes the place of the first one, and reaches the outer ones
co = coroutine.create(function()
  local a <close> = closable("outer")
  local b <close> = setmetatable({}, {__close = function(_, e) print("middle", e) error("second", 0) end})
  local c <close> = closable("inner")
  error("first", 0)
end)
print(coroutine.resume(co))
print(coroutine.close(co))

-- closing a suspended one, through pcall, with an error in __close
co = coroutine.create(function()
  local a <close> = closable("outer")
  pcall(function()
    local b <close> = setmetatable({}, {__close = function(_, e) print("middle", e) error("in close", 0) end})
    local c <close> = closable("inner")
    coroutine.yield(1)
  end)
  print("never")
end)
print(coroutine.resume(co))
print(coroutine.close(co))

-- pcall inside __close while a coroutine is closed
co = coroutine.create(function()
  local a <close> = setmetatable({}, {__close = function(_, e)
    print("pcall in close", e, pcall(error, "caught"))
    print(xpcall(error, function(m) return "handled " .. m end, "x"))
  end})
  coroutine.yield()
end)
coroutine.resume(co)
print(coroutine.close(co))

-- errors caught inside do not end it
co = coroutine.create(function()
  print(pcall(error, "inside"))
  print(xpcall(function() error("again", 0) end, function(m) return m .. "!" end))
  coroutine.yield("still there")
  error({})
end)
print(coroutine.resume(co))
local ok, value = coroutine.resume(co)
print(ok, type(value), coroutine.resume(co))
ok, value = coroutine.close(co)
print(ok, type(value))

-- coroutines in coroutines
local depth = 0
local function nest()
  depth = depth + 1
  return coroutine.resume(coroutine.create(nest))
end
local results = table.pack(nest())
print(results[results.n])
print(depth > 150 and depth <= 200)

-- many that fail
local failures = 0
for i = 1, 300 do
  local f = coroutine.create(function(n) error(n) end)
  local ok, e = coroutine.resume(f, i)
  if not ok and e == i then failures = failures + 1 end
end
print(failures)
