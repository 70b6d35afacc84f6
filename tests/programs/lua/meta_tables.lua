-- Operators on tables: whose metamethod is called, with which operands, and when it comes and goes.

local calls = {}
local function log(name, result)
  return function(a, b)
    calls[#calls + 1] = name .. ":" .. (type(a) == "table" and a.id or tostring(a)) .. "," .. (type(b) == "table" and b.id or tostring(b))
    return result
  end
end
local A, B = {}, {}
for _, op in ipairs { "add", "sub", "mul", "div", "mod", "pow", "idiv", "band", "bor", "bxor", "shl", "shr", "concat", "lt", "le", "eq" } do
  A["__" .. op] = log("A" .. op, op .. "A")
  B["__" .. op] = log("B" .. op, nil)
end
A.__unm, A.__bnot, A.__len = log("Aunm", -1), log("Abnot", -2), log("Alen", 99)
local a, b, plain = setmetatable({ id = "a" }, A), setmetatable({ id = "b" }, B), { id = "plain" }
local function try(l, r)
  local results = { l + r, l - r, l * r, l / r, l % r, l ^ r, l // r, l & r, l | r, l ~ r, l << r, l >> r, l .. r, l < r, l <= r, l > r, l >= r, l == r, l ~= r }
  for i = 1, 19 do results[i] = tostring(results[i]) end
  print(table.concat(results, " "))
  print(table.concat(calls, " "))
  calls = {}
end
try(a, b) try(b, a) try(a, plain) try(plain, a) try(a, a)
local function arithmetic(l, r)
  print(l + r, l - r, l * r, l / r, l % r, l ^ r, l // r, l & r, l | r, l ~ r, l << r, l >> r, l .. r)
  print(table.concat(calls, " "))
  calls = {}
end
arithmetic(a, 1) arithmetic(1, a) arithmetic(1.5, a) arithmetic("2", a) arithmetic(a, "2") arithmetic(1 << 60, a)
print(-a, ~a, #a, table.concat(calls, " "))
for _, f in ipairs { function() return plain + 1 end, function() return 1 + plain end, function() return plain < plain end, function() return plain < 1 end,
  function() return a < 1 end, function() return 1 < a end, function() return plain .. plain end, function() return -plain end, function() return nil + a end } do
  local ok, message = pcall(f)
  print(ok, type(message) == "string" and message:gsub("^.-:%d+: ", "") or message)
end
-- Metamethods that come and go, and that are tables with __call.
local M = {}
local x, y = setmetatable({}, M), setmetatable({}, M)
print(x == y, pcall(function() return x + y end) == false)
M.__eq, M.__add = function() return 1 end, function(p, q) return rawequal(p, x) and rawequal(q, y) end
print(x == y, x ~= y, x + y, y + x, x == 1, 1 == x)
M.__eq = function() return nil end
print(x == y, x == x)
M.__eq = nil
print(x == y)
M.__add = setmetatable({}, { __call = function(self, p, q) return select("#", self, p, q), rawequal(p, x) end })
print(x + y, x + 1, 1 + x)
M.__lt = function(p, q) return "yes" end
M.__le = function(p, q) return false end
print(x < y, x > y, x <= y, x >= y, not (x < y))
local w = setmetatable({}, { __index = function(_, k) return k end, __add = nil })
print(pcall(function() return w + 1 end) == false)
-- In coroutines: metamethods yield.
M.__add = function(p, q) return coroutine.yield("add") end
M.__eq = function(p, q) return coroutine.yield("eq") end
M.__lt = function(p, q) return coroutine.yield("lt") end
local co = coroutine.wrap(function() return x + y, x == y, x < y end)
print(co(), co(7), co(true), co(nil))
