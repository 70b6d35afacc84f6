-- error, pcall, xpcall, assert: values, levels, positions, handlers, nesting.
print(pcall(error, "plain")) print(pcall(error, "lvl0", 0)) print(pcall(error, 5)) print(pcall(error, nil)) print(pcall(error))
print(pcall(function() error("here") end)) print(pcall(function() error("caller", 2) end))
local function check(v) if not v then error("check failed", 2) end end
print(pcall(function() check(false) end))
local ok, e = pcall(error, setmetatable({}, {__tostring = function() return "object" end})) print(ok, tostring(e))
print(pcall(assert, false)) print(pcall(assert, nil, "message")) print(pcall(assert, false, 42)) print(assert(1, 2, 3)) print(pcall(assert))
print(xpcall(function() error("x", 0) end, function(m) return "handled " .. m, "second" end))
print(xpcall(function(...) return select("#", ...), ... end, type, 1, nil))
print(xpcall(function() local x = nil; return x.y end, function(m) return "H:" .. m end))
print(pcall(xpcall)) print(pcall(pcall))
print(xpcall(error, function(m) return type(m) end, {}))
print(pcall(function() return pcall(function() error("inner", 0) end) end))
print(pcall(function() local ok, m = pcall(error, "first", 0); error(m .. " rethrown", 0) end))
print(pcall(string.rep)) print(pcall(string.rep, "x", -1)) print(pcall(("x").rep, "x", {}))
print(pcall(tonumber)) print(pcall(tonumber, "10", 99)) print(pcall(tonumber, 10, 10)) print(pcall(math.floor, "a"))
print(pcall(string.char, 256)) print(pcall(string.format, "%d", 1.5)) print(pcall(string.format, "%d", "x")) print(pcall(string.format, "%q", {})) print(pcall(string.format, "%y", 1)) print(pcall(string.format, "%d"))
print(pcall(table.concat, {1, {}, 3})) print(pcall(table.insert, {1}, 5, 2)) print(pcall(table.insert, {}, 1, 2, 3)) print(pcall(ipairs))
print(pcall(math.random, 0, -1)) print(pcall(math.random, 1, 2, 3)) print(pcall(select, 0)) print(pcall(utf8.char, -1)) print(pcall(string.find, "a", "[a")) print(pcall(string.find, "a", "%")) print(pcall(string.gsub, "a", "(", "")) print(pcall(string.gsub, "a", "a", "%2"))
-- the handler runs at the point of the error
local depth
local function level() local n = 0; while debug.getinfo(n + 2, "l") do n = n + 1 end return n end
xpcall(function() (function() local x = {} ; x = x + 1 end)() end, function() depth = level() end) print(depth >= 2)
print(xpcall(function() error "a" end, function(m) error "b" end) == false)
print(type(debug.traceback()), debug.traceback("msg"):match "^[^\n]*\n[^\n]*", debug.traceback(12), debug.traceback(nil) == nil)
