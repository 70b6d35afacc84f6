local n, fixed = 1, "f"
local function inc() n = n + 1 return n, fixed end
local function dec() n = n - 1 return n end
print(debug.getupvalue(inc,1)) print(debug.getupvalue(inc,2)) print(debug.getupvalue(inc,3)) print(debug.getupvalue(inc,0))
print(debug.setupvalue(inc,1,10), n, inc()) print(debug.setupvalue(inc,9,10))
print(debug.setupvalue(inc,2,"g"), select(2,inc()))
print(debug.upvalueid(inc,1)==debug.upvalueid(dec,1), debug.upvalueid(inc,1)==debug.upvalueid(inc,2), type(debug.upvalueid(inc,1)))
print(debug.upvalueid(inc,5), pcall(debug.upvalueid, print, 1))
local function mk() local v=0 return function() v=v+1 return v end end
local a,b=mk(),mk() a() a() print(a(), b()) debug.upvaluejoin(b,1,a,1) print(b(), a(), debug.upvalueid(a,1)==debug.upvalueid(b,1))
print(pcall(debug.upvaluejoin,a,2,b,1)) print(pcall(debug.upvaluejoin,a,1,b,3)) print(pcall(debug.getupvalue,1,1)) print(pcall(debug.setupvalue,a,1))
local function p(x,y,...) local z end print(debug.getlocal(p,1), debug.getlocal(p,2), debug.getlocal(p,3), debug.getlocal(print,1))
print(pcall(debug.getlocal,50,1)) print(debug.gethook()) debug.sethook() print(debug.setcstacklimit(100))
print(debug.getupvalue(print,1))
local names={} for k in pairs(debug) do names[#names+1]=k end table.sort(names) print(table.concat(names," "))
local f = load("return x") debug.setupvalue(f,1,{x=99}) print(f())
local g = load(string.dump(inc)) debug.setupvalue(g,1,5) print(debug.getupvalue(g,1), pcall(g))
