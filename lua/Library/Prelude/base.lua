-- Base functions that call Lua code. "host" holds the primitives.
local host = ...
local G = host._G
local defer, metamethod, assertion = host.defer, host.metamethod, host.assertion
local fail = host.error
local type, select, tostring, print, load = G.type, G.select, G.tostring, G.print, G.load
local concat = G.table.concat

G._G = G
G._VERSION = "Lua 5.4"

function G.assert(...)
  if (...) then return ... end
  return assertion(...)
end

local function iterate(t, i)
  i = i + 1
  local v = t[i]
  if v ~= nil then return i, v end
  return nil
end

host.ipairs_iterator(iterate)

defer("pairs", function(t)
  local f, s, c = metamethod(t, "__pairs")(t)
  return f, s, c
end)

defer("tostring", function(v)
  local text = metamethod(v, "__tostring")(v)
  local kind = type(text)
  if kind == "string" then return text end
  if kind == "number" then return tostring(text) end
  fail("'__tostring' must return a string")
end)

defer("print", function(...)
  local texts = {...}
  for i = 1, select("#", ...) do texts[i] = tostring(texts[i]) end
  print(concat(texts, "\t"))
end)

local pcall = G.pcall
local take_finalizable = host.take_finalizable
local finalizers_run, warn = host.finalizers_run, G.warn

local function run_finalizers()
  if finalizers_run() then return end
  while true do
    local object, finalizer = take_finalizable()
    if finalizer == nil then break end
    local ok, message = pcall(finalizer, object)
    if not ok then warn("error in __gc (", type(message) == "string" and message or "error object is not a string", ")") end
  end
end
host.finalizer_runner(run_finalizers)

local exit = G.os.exit
defer("os.exit", function(code)
  host.retire_finalizable()
  run_finalizers()
  exit(code)
end)

defer("collectgarbage", function(option)
  run_finalizers()
  if option == "step" then return true end
  return 0
end)

local xpcall, message_handler = G.xpcall, host.message_handler
defer("load", function(reader, name, mode, ...)
  local pieces, count = {}, 0
  -- As in PUC, the reader's errors go through the handler of the innermost xpcall.
  local function read()
    while true do
      local piece = reader()
      if piece == nil or piece == "" then return end
      local kind = type(piece)
      if kind ~= "string" and kind ~= "number" then fail("reader function must return a string") end
      count = count + 1
      pieces[count] = piece
    end
  end
  local handler = message_handler()
  local ok, message
  if handler then ok, message = xpcall(read, handler) else ok, message = pcall(read) end
  if not ok then return nil, message end
  return load(concat(pieces), name == nil and "=(load)" or name, mode, ...)
end)

function G.dofile(name)
  local f, message = G.loadfile(name)
  if not f then host.raise(message) end
  return f()
end

local time = G.os.time
defer("os.time", function(t)
  local plain = {}
  for _, field in G.ipairs { "year", "month", "day", "hour", "min", "sec", "isdst" } do plain[field] = t[field] end
  local seconds = time(plain)
  for _, field in G.ipairs { "year", "month", "day", "hour", "min", "sec", "yday", "wday", "isdst" } do t[field] = plain[field] end
  return seconds
end)

local math = G.math
math.pi = 3.141592653589793
math.huge = 1e999
math.maxinteger = 0x7fffffffffffffff
math.mininteger = -0x7fffffffffffffff - 1

-- Values that are no numbers, by the operator.
defer("math.max", function(...)
  local best = ...
  for i = 2, select("#", ...) do
    local value = select(i, ...)
    if best < value then best = value end
  end
  return best
end)

defer("math.min", function(...)
  local best = ...
  for i = 2, select("#", ...) do
    local value = select(i, ...)
    if value < best then best = value end
  end
  return best
end)
