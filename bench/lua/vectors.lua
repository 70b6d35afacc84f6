-- Arithmetic metamethods on small objects.
local n = tonumber(arg and arg[1]) or 6000000
local V = {}
V.__index = V
local function vec(x, y, z) return setmetatable({x = x, y = y, z = z}, V) end
V.__add = function(a, b) return vec(a.x + b.x, a.y + b.y, a.z + b.z) end
V.__sub = function(a, b) return vec(a.x - b.x, a.y - b.y, a.z - b.z) end
V.__mul = function(a, k) return vec(a.x * k, a.y * k, a.z * k) end
V.__eq = function(a, b) return a.x == b.x and a.y == b.y and a.z == b.z end
V.__lt = function(a, b) return a.x < b.x end
function V:dot(b) return self.x * b.x + self.y * b.y + self.z * b.z end
local p, v, turns = vec(0, 0, 0), vec(1, 0.5, 0.25), 0
for i = 1, n do
  p = p + v * 0.01
  if p:dot(p) > 100 then v = vec(0, 0, 0) - v; p = p + v * 0.02; turns = turns + 1 end
  if p < v then turns = turns + 1 end
end
print(string.format("%.6f %.6f %d", p.x, p.z, turns))
