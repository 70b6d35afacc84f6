-- Runs the programs 1.lua to n.lua beside it, and writes what each told.
local folder, count = arg[1], tonumber(arg[2])
local log, fuel

local function show(value)
  local kind = math.type(value) or type(value)
  if value ~= value then return "nan" end
  if kind == "integer" then return tostring(value) end
  if kind == "float" then return string.format("%.17g", value) .. (value == math.floor(value) and ".0" or "") end
  if kind == "string" then return string.format("%q", value) end
  if kind == "boolean" or kind == "nil" then return tostring(value) end
  if kind ~= "table" then return kind end
  local fields = {}
  for i = 1, 6 do fields[i] = type(rawget(value, i)) == "table" and "table" or show(rawget(value, i)) end
  for i, name in ipairs{"n", "x", "y", "z", "w"} do
    local field = rawget(value, name)
    fields[6 + i] = name .. "=" .. (type(field) == "table" and "table" or show(field))
  end
  return "{" .. table.concat(fields, " ") .. "}"
end

function out(...)
  if #log > 300 then return end
  local shown = table.pack(...)
  for i = 1, shown.n do shown[i] = show(shown[i]) end
  log[#log + 1] = table.concat(shown, " ")
end

function tick()
  fuel = fuel - 1
  if fuel < 0 then error("out of fuel", 0) end
end

function cut(...)
  local value = ...
  if type(value) == "string" and #value > 60 then return value:sub(1, 60) end
  return value
end

function push(list, value)
  if rawlen(list) < 40 then rawset(list, rawlen(list) + 1, value) end
end

-- A list without holes.
function pack(...)
  local list = {...}
  for i = 1, select("#", ...) do
    if list[i] == nil then list[i] = 0 end
  end
  return list
end

function sorted(list)
  table.sort(list, function(a, b) return a < b end)
  return list
end

local meta = {}
local function part(value, name)
  if getmetatable(value) == meta then return rawget(value, name) end
  return value
end
local function lift(operation)
  return function(a, b) tick() return point(operation(part(a, "x"), part(b, "x")), operation(part(a, "y"), part(b, "y"))) end
end
meta.__add = lift(function(a, b) return a + b end)
meta.__sub = lift(function(a, b) return a - b end)
meta.__mul = lift(function(a, b) return a * b end)
meta.__concat = lift(function(a, b) return cut(a .. b) end)
meta.__eq = function(a, b) return a.x == b.x end
meta.__lt = function(a, b) return part(a, "x") < part(b, "x") end
meta.__le = function(a, b) return part(a, "x") <= part(b, "x") end
meta.__call = function(self, ...) tick() return self.x, ... end
meta.__len = function(self) return self.y end
meta.__index = function(self, name) return name == "z" and 26 or nil end
function point(x, y) return setmetatable({x = x, y = y}, meta) end

for i = 1, count do
  log, fuel = {}, 1500
  G0, G1, G2, G3 = nil
  local file = assert(io.open(folder .. "/" .. i .. ".lua", "rb"))
  local source = file:read("a")
  file:close()
  local program, message = load(source, "=p")
  if program then out(pcall(program)) else out("no program", message) end
  print("## " .. i)
  print(table.concat(log, "\n"))
end
