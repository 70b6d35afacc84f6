-- Generic for: hand-written iterators, stateless ones, the closing value, __call as iterator.
local function range(n) local i = 0; return function() i = i + 1; if i <= n then return i, i * i end end end
for a, b in range(4) do io.write(a, "=", b, " ") end print()
local function step(limit, i) if i < limit then return i + 1 end end
for i in step, 5, 0 do io.write(i, " ") end print()
local function closer(name) return setmetatable({}, {__close = function(_, e) print("closed", name, e) end}) end
local function it(n, name) return function(s, c) if c < s then return c + 1 end end, n, 0, closer(name) end
for i in it(3, "normal") do io.write(i, " ") end
for i in it(3, "break") do if i == 2 then break end end
local function early() for i in it(9, "return") do if i == 2 then return "r" .. i end end end
print(early())
print(pcall(function() for i in it(3, "error") do if i == 2 then error("boom", 0) end end end))
do for i in it(3, "goto") do if i == 2 then goto out end end ::out:: end
local counter = setmetatable({n = 0}, {__call = function(self, max, last) self.n = self.n + 1; if self.n <= max then return self.n, last end end})
for a, b in counter, 3 do print(a, b) end
for k, v in next, {10, 20, 30} do io.write(k, "->", v, " ") end print()
for i, v in ipairs {1, 2, nil, 4} do io.write(i, v, " ") end print()
for i, v in ipairs(setmetatable({}, {__index = function(_, i) if i < 4 then return i * 11 end end})) do io.write(i, ":", v, " ") end print()
for w in ("the quick fox"):gmatch "%a+" do io.write("[", w, "]") end print()
print(pcall(function() for x in nil do end end))
print(pcall(function() for x in 5 do end end))
print(pcall(function() for x in pairs(nil) do end end))
local vals = {}
for a, b, c, d in function(_, c) if not c then return 1, 2 end end do vals = {a, b, c, d} end
print(#vals, vals[1], vals[2], vals[3])
local fs = {}
for k, v in ipairs {"a", "b", "c"} do fs[k] = function() return k .. v end end
print(fs[1](), fs[2](), fs[3]())
