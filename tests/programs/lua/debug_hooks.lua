-- Hooks by call, return, line and count.
local events = {}
local function note(event, line) events[#events + 1] = event .. (line and line or "") end
debug.sethook(note, "crl")
local x = 1
math.abs(x)
for i = 1, 2 do
  x = x + i
end
local function h() return x end
local function tail() return h() end
tail()
if x
then
  x = 2
end
while x < 4 do x = x + 1 end
debug.sethook()
print(table.concat(events, " "))
print(debug.gethook())

-- A count stops what does not end; the error is an ordinary one.
local n = 0
debug.sethook(function() n = n + 1 if n > 100 then error("timeout", 0) end end, "", 100)
print(pcall(function() while true do end end))
n = 0
print(pcall(function() local sum = 0 for i = 1, math.huge do sum = sum + i end end))
local hook, mask, count = debug.gethook()
print(type(hook), mask, count)
debug.sethook()

-- What a hook sees of the function.
local names = {}
debug.sethook(function(event)
  local info = debug.getinfo(2, "nSf")
  names[#names + 1] = tostring(info.name) .. ":" .. info.what
  assert(debug.getinfo(1, "n").namewhat == "hook")
end, "c")
local function named() return string.len("x") end
local _ = named() + 1
debug.sethook()
print(table.concat(names, " "))

-- A hook belongs to a coroutine, and is inherited.
local lines = {}
local co = coroutine.create(function()
  local a = 1
  coroutine.yield()
  local b = 2
end)
debug.sethook(co, function(_, line) lines[#lines + 1] = line end, "l")
coroutine.resume(co)
coroutine.resume(co)
print(#lines, lines[2] - lines[1], debug.gethook() == nil, debug.gethook(co) ~= nil)

print(debug.getinfo(named, "L").activelines[debug.getinfo(named, "S").linedefined])
local stripped = load(string.dump(function() error("position") end, true))
print(pcall(stripped))
