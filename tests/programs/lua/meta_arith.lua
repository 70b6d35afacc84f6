-- Arithmetic, bitwise, concat, unary and length metamethods, on both sides.
local mt = {}
local function new(n) return setmetatable({n = n}, mt) end
local function val(x) return type(x) == "table" and "<" .. x.n .. ">" or tostring(x) end
for _, op in ipairs { "add", "sub", "mul", "div", "mod", "pow", "idiv", "band", "bor", "bxor", "shl", "shr", "concat" } do
  mt["__" .. op] = function(a, b) return op .. "(" .. val(a) .. "," .. val(b) .. ")" end
end
mt.__unm = function(a, b) return "unm(" .. val(a) .. ")" .. tostring(rawequal(a, b)) end
mt.__bnot = function(a) return "bnot(" .. val(a) .. ")" end
mt.__len = function(a) return "len" .. a.n end
local a, b = new(1), new(2)
print(a + b, a + 1, 1 + a, a - 2.5, 2 - a) print(a * b, a / 2, 2 / a, a % 3, 3 % a, a ^ 2, 2 ^ a, a // 1, 1 // a)
print(a & b, a & 1, 1 & a, a | 7, 7 | a, a ~ 1, 1 ~ a, a << 1, 1 << a, a >> 1, 1 >> a, 1.5 & a, "x" | a)
print(a .. b, a .. "s", "s" .. a, 1 .. a, a .. 1, "x" .. "y" .. a .. "z" .. "w")
print(-a, ~a, #a)
print("5" + a, a + "5", {} == a)
local left = setmetatable({}, {__add = function() return "left" end})
local right = setmetatable({}, {__add = function() return "right" end})
print(left + right, right + left, {} == {}, pcall(function() return {} + {} end))
-- a result is cut to one value; nil metamethod result stays nil
local m = setmetatable({}, {__add = function() return 1, 2, 3 end, __sub = function() end, __concat = function(a, b) return nil end})
print(m + 1, m - 1, m .. "x") print((m + 1))
print(pcall(function() return m * 2 end)) print(pcall(function() return -m end)) print(pcall(function() return #5 end))
print(pcall(function() return m & 1 end)) print(pcall(function() local s = "a" return s + 1 end)) print(pcall(function() return {} .. "x" end))
-- metamethods that are callable tables
local callable = setmetatable({}, {__call = function(self, x, y) return "called", val(y) end})
print(setmetatable({}, {__add = callable}) + 5)
-- vector class: immutable arithmetic
local V = {}; V.__index = V
local function vec(x, y) return setmetatable({x = x, y = y}, V) end
V.__add = function(p, q) return vec(p.x + q.x, p.y + q.y) end
V.__mul = function(p, q) if type(p) == "number" then return vec(p * q.x, p * q.y) elseif type(q) == "number" then return q * p else return p.x * q.x + p.y * q.y end end
V.__unm = function(p) return -1 * p end
V.__eq = function(p, q) return p.x == q.x and p.y == q.y end
V.__tostring = function(p) return "(" .. p.x .. ", " .. p.y .. ")" end
print(tostring(vec(1, 2) + vec(3, 4) * 2), tostring(-vec(1, 2)), vec(1, 2) * vec(3, 4), vec(1, 2) == vec(1, 2), vec(1, 2) ~= vec(1, 3))
-- string arithmetic goes through the string metatable
local smt = getmetatable "" print(type(smt.__add), "10" / "4", pcall(smt.__add, "a", 1))
