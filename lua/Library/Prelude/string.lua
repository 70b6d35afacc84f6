-- Functions of string that call Lua code.
local host = ...
local G = host._G
local string = G.string
local defer, fail, metamethod = host.defer, host.error, host.metamethod
local check, step = host.gmatch_check, host.gmatch_step
local gsub_check, gsub_step = host.gsub_check, host.gsub_step
local sub, format, concat = string.sub, string.format, G.table.concat
local type, tostring, select, unpack = G.type, G.tostring, G.select, G.table.unpack

local string_metatable = {__index = string}
for _, operation in G.ipairs { "add", "sub", "mul", "mod", "pow", "div", "idiv", "unm" } do
  local event = "__" .. operation
  string_metatable[event] = host["string_" .. operation]
  defer("string_" .. operation, function(a, b) return (metamethod(b, event)(a, b)) end)
end
G.debug.setmetatable("", string_metatable)

function string.gmatch(...)
  local s, pattern, position = check(...)
  local last = -1
  local function advance(stop, ...)
    if stop then
      position, last = stop, stop
      return ...
    end
  end
  return function() return advance(step(s, pattern, position, last)) end
end

local function by_call(f, start, stop, ...)
  if start then return start, stop, (f(...)) end
end

local function by_index(t, start, stop, ...)
  if start then return start, stop, t[(...)] end
end

defer("string.gsub", function(...)
  local s, pattern, max, anchored = gsub_check(...)
  local replacement = select(3, ...)
  local replace = type(replacement) == "function" and by_call or by_index
  local pieces, count, matches, position, last, is_changed = {}, 0, 0, 0, -1, false
  while matches < max do
    local start, stop, value = replace(replacement, gsub_step(s, pattern, position, last))
    if not start then break end
    matches = matches + 1
    if start > position then
      count = count + 1
      pieces[count] = sub(s, position + 1, start)
    end
    local kind = type(value)
    if not value then value = sub(s, start + 1, stop)
    elseif kind ~= "string" and kind ~= "number" then fail("invalid replacement value (a " .. kind .. ")")
    else is_changed = true end
    count = count + 1
    pieces[count] = value
    position, last = stop, stop
    if anchored then break end
  end
  if not is_changed then return s, matches end
  pieces[count + 1] = sub(s, position + 1)
  return concat(pieces), matches
end)

-- Values with __tostring are replaced by their text; %p and %q of them mean the value itself, so only those under %s are.
defer("string.format", function(pattern, ...)
  local arguments, count, index = {...}, select("#", ...), 0
  for conversion in string.gmatch(pattern, "%%[%-+ #0-9.]*(.)") do
    if conversion ~= "%" then
      index = index + 1
      if conversion == "s" and metamethod(arguments[index], "__tostring") ~= nil then
        arguments[index] = tostring(arguments[index])
      end
    end
  end
  return format(pattern, unpack(arguments, 1, count))
end)
