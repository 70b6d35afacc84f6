-- Library functions on tables whose common cases are compiled: results, corner cases, messages.
print(pcall(rawset, {}, nil, 1))
print(pcall(function() rawset({},nil,1) end))
print(pcall(function() rawset({},0/0,1) end))
print(pcall(function() local t={} t[nil]=1 end))
print(pcall(next, {}, 1))
print(pcall(next))
print(pcall(pairs))
print(pcall(ipairs))
print(pcall(function() for k in pairs(nil) do end end))
print(pcall(function() for k in ipairs(nil) do end end))
print(pcall(function() for k in next,{},{} do end end))
print(pcall(type))
print(pcall(setmetatable, {}))
print(pcall(setmetatable, 1, {}))
print(pcall(getmetatable))
print(pcall(rawlen, 5))
print(pcall(table.unpack, 5))
print(pcall(table.remove, {}, 5))
print(pcall(error))
print(pcall(error, nil))
print((pcall(error, {}, 2)))
print(pcall(error, "x", 0))
print(pcall(error, "x"))
print(pcall(error, 12))
print(pcall(error, true, "z"))
print(select('#', table.unpack({1,nil,3,nil,5,6,7}, 1, 7)))
print(table.unpack({1,2,3,4,5,6,7}))
print(table.unpack({1,2,3,4,5,6,7}, 3, 5))
print(table.unpack({1,2,3}, 2, 5))
print(table.unpack({1,2,3}, 0, 1))
print(table.unpack({1,2,3}, 3, 2))
print(table.unpack({1,2,3}, "2"))
print(table.unpack({}, 1, 3))
for k,v in next,{10,20,x=1} do print(k,v) end
local p=setmetatable({}, {__pairs=function(t) return function(_,k) if not k then return 1,2,3 end end, t, nil end})
for k,v in pairs(p) do print(k,v) end
local p=setmetatable({}, {__index=function(t,i) if i<4 then return i*i end end})
for k,v in ipairs(p) do print(k,v) end
local t={1,2,3,nil,5}
for k,v in ipairs(t) do print(k,v) end
for i,v in ipairs{1,2,3} do if i==1 then print"one" end end
-- modification while traversing
local t={}
for i=1,20 do t[i]=i; t["k"..i]=i; t[i*1.5]=1 end
local n=0
for k,v in pairs(t) do t[k]=nil n=n+1 end
print(n, next(t))
local k,v=next({}) print(k,v)
print(rawequal(0/0,0/0), rawequal(1,1.0), rawequal("a","a"), rawequal({}, {}), rawequal(2^53, 1<<53))
print(rawlen{1,2,3}, rawlen"abc")
print(type(nil),type(1),type(1.5),type"",type{},type(print),type(coroutine.create(print)),type(io.stdout), type(1<<60))
local mt={__metatable="locked"}
local x=setmetatable({},mt)
print(getmetatable(x), pcall(setmetatable,x,{}))
print(getmetatable("").__index==string)
local g=0
do local a=setmetatable({}, {__gc=function() g=g+1 end}) end
collectgarbage() collectgarbage() print(g)
local C={} C.__index=C
for i=1,3 do local o=setmetatable({},C) C["m"..i]=i print(o.m1,o.m2,o.m3) end
C.__mode="k"
local w=setmetatable({},C)
w[{}]=1 collectgarbage() print(next(w))
