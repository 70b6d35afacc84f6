-- Methods found through a chain of __index tables, with calls of the overridden method.
local n = tonumber(arg and arg[1]) or 20000000
local function class(base) local c = {}; c.__index = c; if base then setmetatable(c, {__index = base}) end return c end
local Shape = class()
function Shape:area() return 0 end
function Shape:scaled(k) return self:area() * k end
function Shape:name() return "shape" end
local Polygon = class(Shape)
local Rect = class(Polygon)
function Rect:area() return self.w * self.h end
local Square = class(Rect)
function Square:area() return Rect.area(self) + 0 end
local Circle = class(Shape)
function Circle:area() return 3 * self.r * self.r end
local shapes = {setmetatable({w = 2, h = 3}, Rect), setmetatable({w = 4, h = 4}, Square), setmetatable({r = 2}, Circle), setmetatable({}, Polygon)}
local sum, letters = 0, 0
for i = 1, n do
  local s = shapes[i % 4 + 1]
  sum = (sum + s:scaled(i % 5)) % 1000003
  letters = letters + #s:name()
end
print(sum, letters)
