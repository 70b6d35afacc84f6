-- Proper tail calls: a million deep, mutual, through methods, pcall results and __call.
local function loop(n, acc) if n == 0 then return acc end return loop(n - 1, acc + n) end
print(loop(1000000, 0))
local even, odd
function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
print(even(300001))
local o = {}
function o:down(n, ...) if n == 0 then return ... end return self:down(n - 1, ...) end
print(o:down(200000, "a", nil, "c"))
local c = setmetatable({}, {__call = function(self, n) if n == 0 then return "called" end return self(n - 1) end})
print(c(190))
local states = {}
function states.a(s, i) local ch = s:sub(i, i); if ch == "" then return "accept a" elseif ch == "b" then return states.b(s, i + 1) else return states.a(s, i + 1) end end
function states.b(s, i) local ch = s:sub(i, i); if ch == "" then return "accept b" elseif ch == "a" then return states.a(s, i + 1) else return states.b(s, i + 1) end end
print(states.a(("ab"):rep(50000), 1))
local function va(n, ...) if n == 0 then return select("#", ...) end return va(n - 1, ..., n) end
print(va(10000, 1, 2, 3))
local function parens(n) if n == 0 then return 0 end return (parens(n - 1)) + 1 end
print(parens(1000))
