-- A chunk that assigns to its _ENV shares the variable with its functions, and a collection finds it.
local print, collectgarbage, setmetatable, load, G = print, collectgarbage, setmetatable, load, _G
x = 20
local function getX() return x end
local function setEnvironment(e) _ENV = e end
_ENV = setmetatable({}, { __index = G })
collectgarbage()
x = x + 10
print(x, getX(), G.x)
setEnvironment({ x = "other" })
collectgarbage()
print(x, getX(), G.x)
_ENV = G
local chunk = load("local old = _ENV; _ENV = {y = 5}; y = y + 1; return y, old, _ENV", "c", "t", { name = "mine" })
local y, old, new = chunk()
print(y, old.name, new.y)
y, old, new = chunk()
print(y, old.y, new.y)
