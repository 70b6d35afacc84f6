-- Functions of string that call Lua code.
local host = ...
local G = host._G
local string = G.string
local defer, metamethod = host.defer, host.metamethod
local format, tostring, select, unpack = string.format, G.tostring, G.select, G.table.unpack

local string_metatable = {__index = string}
for _, operation in G.ipairs { "add", "sub", "mul", "mod", "pow", "div", "idiv", "unm" } do
  local event = "__" .. operation
  string_metatable[event] = host["string_" .. operation]
  defer("string_" .. operation, function(a, b) return (metamethod(b, event)(a, b)) end)
end
G.debug.setmetatable("", string_metatable)

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
