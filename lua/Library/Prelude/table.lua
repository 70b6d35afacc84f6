-- Functions of table for tables with metatables, and sort.
local host = ...
local G = host._G
local table = G.table
local defer, fail, argument_error, check = host.defer, host.error, host.argument_error, host.check_tablelike
local type_name, compare_error, check_integer = host.type_name, host.compare_error, host.check_integer
local type, select = G.type, G.select
local concat, unpack = table.concat, table.unpack
local maxinteger = G.math.maxinteger
local ult = G.math.ult

local function length(t)
  local n = #t
  if G.math.type(n) == "integer" then return n end
  n = G.math.tointeger(n)
  if n == nil then fail("object length is not an integer") end
  return n
end

defer("table.insert", function(...)
  local t, position, value = ...
  local count = select("#", ...)
  check("table.insert", 1, count > 0, t, "rwl")
  local last = length(t) + 1
  if count == 2 then
    t[last] = position
    return
  end
  if count ~= 3 then fail("wrong number of arguments to 'insert'") end
  position = check_integer("table.insert", 2, position, true)
  if not ult(position - 1, last) then argument_error("table.insert", 2, "position out of bounds") end
  for i = last, position + 1, -1 do t[i] = t[i - 1] end
  t[position] = value
end)

defer("table.remove", function(...)
  local t, position = ...
  local count = select("#", ...)
  check("table.remove", 1, count > 0, t, "rwl")
  local size = length(t)
  if position ~= nil then
    position = check_integer("table.remove", 2, position, true)
    if position ~= size and ult(size, position - 1) then argument_error("table.remove", 1, "position out of bounds") end
  else
    position = size
  end
  local removed = t[position]
  while position < size do
    t[position] = t[position + 1]
    position = position + 1
  end
  t[position] = nil
  return removed
end)

local function optional(name, n, value, default)
  if value == nil then return default end
  return check_integer(name, n, value, true)
end

defer("table.concat", function(...)
  local t, separator, first, last = ...
  check("table.concat", 1, select("#", ...) > 0, t, "rl")
  last = optional("table.concat", 4, last, nil) or length(t)
  first = optional("table.concat", 3, first, 1)
  separator = separator == nil and "" or separator
  if type(separator) ~= "string" and type(separator) ~= "number" then
    argument_error("table.concat", 2, "string expected, got " .. type_name(separator))
  end
  local values, count = {}, 0
  for i = first, last do
    local value = t[i]
    local kind = type(value)
    if kind ~= "string" and kind ~= "number" then
      fail("invalid value (" .. type_name(value) .. ") at index " .. i .. " in table for 'concat'")
    end
    count = count + 1
    values[count] = value
  end
  return concat(values, separator)
end)

defer("table.unpack", function(t, first, last)
  first = optional("table.unpack", 2, first, 1)
  last = optional("table.unpack", 3, last, nil) or length(t)
  if first > last then return end
  if not ult(last - first, 1000000) then fail("too many results to unpack") end
  local values, count = {}, 0
  for i = first, last do
    count = count + 1
    values[count] = t[i]
  end
  return unpack(values, 1, count)
end)

defer("table.move", function(...)
  local from, first, last, position, to = ...
  first = check_integer("table.move", 2, first, select("#", ...) > 1)
  last = check_integer("table.move", 3, last, select("#", ...) > 2)
  position = check_integer("table.move", 4, position, select("#", ...) > 3)
  local target = to == nil and from or to
  check("table.move", 1, true, from, "r")
  check("table.move", to == nil and 1 or 5, true, target, "w")
  if last >= first then
    if not (first > 0 or last < maxinteger + first) then argument_error("table.move", 3, "too many elements to move") end
    local count = last - first + 1
    if position > maxinteger - count + 1 then argument_error("table.move", 4, "destination wrap around") end
    if position > last or position <= first or (to ~= nil and from ~= to) then
      for i = 0, count - 1 do target[position + i] = from[first + i] end
    else
      for i = count - 1, 0, -1 do target[position + i] = from[first + i] end
    end
  end
  return target
end)

-- ltablib.c's quicksort: median of three, the larger part by the loop, the smaller by recursion.
local function natural(a, b) return a < b end

local function sort(t, low, high, less)
  while low < high do
    local a, b = t[low], t[high]
    if less(b, a) then
      t[low], t[high] = b, a
    end
    if high - low == 1 then return end
    local middle = low + (high - low) // 2
    local p = t[middle]
    a = t[low]
    if less(p, a) then
      t[middle], t[low] = a, p
    else
      b = t[high]
      if less(b, p) then
        t[middle], t[high] = b, p
      end
    end
    if high - low == 2 then return end
    p = t[middle]
    local before = t[high - 1]
    t[middle], t[high - 1] = before, p
    local i, j = low, high - 1
    while true do
      i = i + 1
      local x = t[i]
      while less(x, p) do
        if i == high - 1 then fail("invalid order function for sorting") end
        i = i + 1
        x = t[i]
      end
      j = j - 1
      local y = t[j]
      while less(p, y) do
        if j < i then fail("invalid order function for sorting") end
        j = j - 1
        y = t[j]
      end
      if j < i then break end
      t[i], t[j] = y, x
    end
    t[high - 1], t[i] = t[i], t[high - 1]
    if i - low < high - i then
      sort(t, low, i - 1, less)
      low = i + 1
    else
      sort(t, i + 1, high, less)
      high = i - 1
    end
  end
end

defer("table.sort", function(...)
  local t, less = ...
  check("table.sort", 1, select("#", ...) > 0, t, "rwl")
  local count = length(t)
  if count < 2 then return end
  if count >= 0x7fffffff then argument_error("table.sort", 1, "array too big") end
  if less ~= nil and type(less) ~= "function" then argument_error("table.sort", 2, "function expected, got " .. type_name(less)) end
  sort(t, 1, count, less or natural)
end)
