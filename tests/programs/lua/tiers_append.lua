-- Elements added at the end of tables of every kind by one piece of hot code, which has the common case inline.
local log = {}
local function append(t, i, v) t[i] = v end
local function fill(t, n)
  for i = 1, n do append(t, i, i * 2) end
  return t
end
local function sum(t)
  local s = 0
  for i = 1, #t do s = s + t[i] end
  return s
end
for _ = 1, 200 do assert(sum(fill({}, 100)) == 10100) end

-- A hash part, which may hold the element that follows.
local mixed = fill({name = "n", [3] = "three", [102] = "far"}, 101)
print(#mixed == 102, mixed[3], mixed[101], mixed[102], mixed.name)

-- A metatable: __newindex is asked for what is not there, and only for that.
local seen = 0
local guarded = setmetatable({10, 20}, {__newindex = function(t, k, v) seen = seen + 1; rawset(t, k, v) end})
fill(guarded, 10)
print(seen, #guarded, guarded[1], guarded[10])
local away = {}
local proxy = setmetatable({}, {__newindex = away})
fill(proxy, 5)
print(#proxy, #away, away[5])

-- nil at the end, behind the end, and a gap.
local t = fill({}, 8)
append(t, 9, nil)
append(t, 8, nil)
append(t, 10, "gap")
print(#t == 7 or #t == 10, t[8], t[9], t[10])
append(t, 8, "eight")
append(t, 9, "nine")
print(#t, t[8], t[9], t[10])

-- Keys that are no small integers, and floats that are integers.
append(t, 11.0, "eleven")
append(t, 2^53, "big")
append(t, 0, "zero")
append(t, -1, "minus")
print(#t, t[11], t[2^53], t[0], t[-1])
print(pcall(append, t, nil, 1))
print(pcall(append, t, 0/0, 1))
print(pcall(append, 5, 1, 1))

-- Weak tables drop what is appended by hot code, too.
local weak = setmetatable({}, {__mode = "v"})
for i = 1, 20 do append(weak, i, {}) end
collectgarbage()
local left = 0
for _ in pairs(weak) do left = left + 1 end
print(left)
