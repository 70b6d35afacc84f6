-- Functions and names of the levels of the stack.
local function self() return (debug.getinfo(1, "f").func) end
print(self() == self)
local function caller() return (debug.getinfo(2, "f").func) end
local function calls() return (caller()) end
print(calls() == calls)
table.sort({1, 2, 3}, function(a, b) assert(debug.getinfo(2, "f").func == table.sort) return a < b end)
string.gsub("abc", ".", function() assert(debug.getinfo(2, "f").func == string.gsub) end)
pcall(function() assert(debug.getinfo(2, "f").func == pcall) end)
print(debug.getinfo(0, "f").func == debug.getinfo, debug.getinfo(1, "f").func ~= nil)

local co = coroutine.create(function() coroutine.yield() end)
coroutine.resume(co)
print(debug.getinfo(co, 0, "f").func == coroutine.yield, type(debug.getinfo(co, 1, "f").func))

-- How metamethods and iterators are named.
local mt = {}
for _, event in ipairs {"add", "index", "newindex", "call", "eq", "lt", "le", "concat", "len", "unm", "close", "bnot", "shl", "idiv"} do
  mt["__" .. event] = function()
    local info = debug.getinfo(1, "n")
    print(event, info.name, info.namewhat)
    return 1
  end
end
local a, b = setmetatable({}, mt), setmetatable({}, mt)
local _ = a + 1; _ = a.x; a.x = 2; a(); _ = a == b; _ = a < b; _ = a <= b; _ = a .. "x"; _ = #a; _ = -a; _ = ~a; _ = a << 1; _ = a // 1
do local c <close> = a end
for _ in function() local info = debug.getinfo(1, "n") print(info.name, info.namewhat) end do end

-- Tracebacks: global names, fields of modules, names from the call.
function global_function() error("x", 0) end
local t = {method = function() global_function() end}
print((select(2, xpcall(function() t.method() end, debug.traceback)):gsub("\n%s*%[C%]: in %?$", "")))
print((select(2, xpcall(function() string.rep() end, debug.traceback)):gsub("\n%s*%[C%]: in %?$", "")))
print((select(2, xpcall(function() table.sort({1, 2, 3}, function() error("a", 0) end) end, debug.traceback)):gsub("\n%s*%[C%]: in %?$", "")))

-- On the way of an error the frame of the variable is not there any more.
local level2
pcall(function()
  local x <close> = setmetatable({}, {__close = function() level2 = debug.getinfo(2, "S").what end})
  error(43)
end)
print(level2)
