-- Finalisers run where a program allocates, once for each time an object is marked, and at the end.
local runs = 0
setmetatable({}, {__gc = function() runs = runs + 1 end})
repeat local garbage = {} until runs > 0
print(runs)

local count = 0
do
  local object = {}
  local mt = {__gc = function() count = count + 1 end}
  setmetatable(object, mt)
  setmetatable(object, mt)
end
collectgarbage()
print(count)

-- Resurrection: an object is finalised again only if it is marked again.
local saved
local mt = {}
mt.__gc = function(object) saved = object end
setmetatable({name = "a"}, mt)
collectgarbage()
print(saved.name)
saved = nil
collectgarbage()
print(saved)
setmetatable({name = "b"}, {__gc = function(object) saved = object; setmetatable(object, getmetatable(object)) end})
collectgarbage(); print(saved.name); saved = nil
collectgarbage(); print(saved.name)
setmetatable(saved, nil)

-- An error is a warning; the collector is not there for finalisers.
warn("@on")
setmetatable({}, {__gc = function() error("ignored") end})
collectgarbage()
setmetatable({}, {__gc = function() print("collect", collectgarbage()) end})
collectgarbage()

print(collectgarbage("isrunning"), collectgarbage("stop"), collectgarbage("isrunning"), collectgarbage("restart"))
print(collectgarbage("incremental"), collectgarbage("generational"), collectgarbage("incremental"))
local before = collectgarbage("count")
local kept = string.rep("x", 1000000)
local during = collectgarbage("count")
print(math.abs(during - before - 1000) < 100)
print(#kept)
kept = nil
collectgarbage()
print(collectgarbage("count") < during - 900)
print(collectgarbage("step"), pcall(collectgarbage, "wrong"))

-- At the end: the last marked first.
for i = 1, 3 do _G["at_end" .. i] = setmetatable({}, {__gc = function() print("end", i) end}) end
