-- Errors in message handlers, protected calls inside each other, and what stops them.

local function fail(n)
  if type(n) ~= "number" then return n
  elseif n == 0 then return "END"
  else error(n - 1) end
end
print(xpcall(error, fail, 100))
print(xpcall(error, fail, 170))
print(xpcall(error, fail, 300))
print(xpcall(error, error))
print(xpcall(error, function(m) error(m) end, 1))
print(xpcall(error, function() local x = nil; return x.y end))

-- Protected calls: as many as PUC's C stack has room for.
local function nest(n)
  if n == 0 then return "deep" end
  return select(2, pcall(nest, n - 1))
end
print(nest(150))
print(nest(250))
print(select("#", nest(150)))

-- An overflow while one is handled.
local function loop() assert(pcall(loop)) end
local ok, message = xpcall(loop, loop)
print(ok, (tostring(message):gsub("^.*error", "error")))
local function forever() return 1 + forever() end
print((select(2, xpcall(forever, function(m)
  local inner = select(2, xpcall(forever, function(m) return "inner " .. type(m) end))
  return type(m) .. " " .. type(inner)
end))))

-- The depth is that of the coroutine, and as before behind an error.
for i = 1, 500 do pcall(error) end
print(coroutine.wrap(function() return nest(100) end)())
local co = coroutine.wrap(function() pcall(function() pcall(coroutine.yield, 1) coroutine.yield(2) end) return nest(150) end)
print(co(), co(), co())

-- Coroutines that close each other (PUC from 5.4.6 on).
local count, last = 0, nil
for i = 1, 1000 do
  local previous = last
  last = coroutine.create(function()
    local guard <close> = setmetatable({}, { __close = function()
      count = count + 1
      if previous then assert(coroutine.close(previous)) end
    end })
    coroutine.yield()
  end)
  assert(coroutine.resume(last))
end
local closed, why = coroutine.close(last)
print(closed, why:match("C stack overflow"), count > 150 and count < 250)

print(#debug.traceback("x", math.maxinteger) > 0)
