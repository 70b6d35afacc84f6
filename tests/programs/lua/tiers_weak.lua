-- A loop that waits for a collection to clear a weak entry, or to run a finaliser, ends.
local weak = setmetatable({{}}, {__mode="v"})
local named = setmetatable({x={}}, {__mode="v"})
local n=0
repeat local g = {} n=n+1 until weak[1]==nil
repeat local g = {} n=n+1 until named.x==nil
print(n>0)
