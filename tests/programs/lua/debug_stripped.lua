-- Stripped functions, finalisers and comparators as debug and messages show them; counts of loops.
local prog=[[local debug = require'debug'
local a = 12  -- a local variable
print(debug.getlocal(1, 2))
-- a function with an upvalue
local f = function () local x; return a end
print(debug.getupvalue(f, 1))
print(debug.setupvalue(f, 1, 13))
print(a)
local t = debug.getinfo(f)
print(t.name,t.linedefined,t.lastlinedefined,t.short_src)
print(debug.getinfo(1).currentline)
t = debug.getinfo(f, "L").activelines
print(next(t))
f = load(string.dump(f))
t = debug.getinfo(f)
print(t.name,t.linedefined,t.lastlinedefined,t.short_src)
print(debug.getinfo(1).currentline)
return a
]]
local f = assert(load(string.dump(load(prog), true)))
print(f())
local function foo ()
    local a = 1
    local b = 2
    return b
  end

  local s = load(string.dump(foo, true))
  local line = true
  local n = 0
  debug.sethook(function (e, l)
    n = n + 1 
    line = l
  end, "l")
  s() debug.sethook(nil)
print(n,line)
 local prog = [[
    return function (x)
      return function (y) 
        return x + y
      end
    end
  ]]
  local name = string.rep("x", 1000)
  local p = assert(load(prog, name))
  -- load 'p' as a binary chunk with debug information
  local c = string.dump(p)

  local f = assert(load(c))
  local g = f()
  local h = g(3)
  print(h(5) == 8)
  local c = string.dump(p, true)

do
local a=0
debug.sethook(function (e) a=a+1 end, "", 1)
a=0; for i=1,1000 do end; print(a)
debug.sethook(function (e) a=a+1 end, "", 4)
a=0; for i=1,1000 do end; print(a)
debug.sethook(function (e) a=a+1 end, "", 4000)
a=0; for i=1,1000 do end; print(a)
debug.sethook()
end
print(pcall(table.sort,{1,2,3},string.rep))
print(pcall(string.gsub,"abc","b",string.rep))
print(pcall(table.sort,{{},{}},math.abs))
do
  setmetatable({}, {__gc = function() print(debug.getinfo(1).name, debug.getinfo(1).namewhat, debug.traceback("tb")) end})
  collectgarbage()
end
print(pcall(load'table.sort({1,2,3}, table.sort)'))
print((select(2, load("x = " .. string.rep("a..", 300))):match("[^\n]*")))
print((select(2, load("a" .. string.rep(",a", 300) .. " = 1")):match("[^\n]*")))
