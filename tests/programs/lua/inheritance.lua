-- Prototype chains, super calls, class fields, mixins of metamethods.
local function class(name, base)
  local c = {name = name}
  c.__index = c
  if base then for k, v in pairs(base) do if k:sub(1, 2) == "__" and k ~= "__index" then c[k] = v end end end
  return setmetatable(c, {__index = base, __call = function(cls, ...) local o = setmetatable({}, cls); if cls.init then cls.init(o, ...) end return o end})
end
local Animal = class "Animal"
function Animal:init(n) self.n = n end
function Animal:speak() return self.n .. " makes " .. self:sound() end
function Animal:sound() return "a noise" end
Animal.__tostring = function(a) return getmetatable(a).name .. ":" .. a.n end
local Dog = class("Dog", Animal)
function Dog:init(n, tricks) Animal.init(self, n); self.tricks = tricks or {} end
function Dog:sound() return "woof" end
local Puppy = class("Puppy", Dog)
function Puppy:sound() return Dog.sound(self):upper() .. "!" end
print(Animal "Generic":speak(), Dog "Rex":speak(), Puppy "Bit":speak())
print(tostring(Puppy "P"), #Puppy("x", {1, 2}).tricks, rawget(Puppy, "speak"))
function Animal:legs() return 4 end
print(Puppy "late":legs())
Dog.legs = function() return 3 end print(Puppy "late":legs()) Dog.legs = nil print(Puppy "late":legs())
