-- Messages that name the variable at fault. The chunk name makes the positions independent of this file.
local function try(src) local f, m = load(src, "=chunk"); if not f then print("syntax", m) return end print(select(2, pcall(f))) end
for _, src in ipairs {
  "local a; a.b = 1", "local a; return a.b", "local a = {}; return a.b.c", "local a = {}; a.b.c = 1", "return glob.x", "glob.x = 1", "glob()", "local f; f()",
  "local t = {}; t.f()", "local t = {}; t:m()", "local t = {x = {}}; t.x:y()", "return ('s'):nomethod()", "local a = 'x'; return a + 1", "local a = {}; return a + 1",
  "return glob + 1", "local t = {}; return t.x + 1", "local t = {}; return -t.x", "local a; return #a", "return #glob", "local a, b = 1; return a < b", "local t = {}; return t < 1", "return {} < {}", "return 'a' < 1",
  "local a; return a .. 'x'", "local t = {}; return 'x' .. t", "return 1 .. {}", "local t = {}; t[nil] = 1", "local t = {}; t[0/0] = 1", "local a = 1.5; return a | 1", "local s = 'a'; return s | 1", "local t = {}; return t.y & 1",
  "local up; return (function() return up.x end)()", "local up; return (function() up() end)()", "return 1 // 0", "return 1 % 0", "local t = setmetatable({}, {__index = function(t, k) error('idx ' .. k) end}); return t.foo",
  "return math.nofunc()", "return (1)()", "local a = 1; a()", "return ({})()", "local t = {1}; t[1]()", "local t, k = {}, 'key'; t[k]()", "for i = 1, 'x' do end", "for i = 'a', 1 do end", "for i = 1, 2, 0 do end", "for k in 5 do end",
  "return 2^63 | 0", "return 1 < nil", "return nil .. 'x'", "string.rep()", "('x'):rep({})", "('x'):bad()", "return table.concat({{}})", "setmetatable(1, {})", "error()", "error(nil)", "local x <close> = 5", "return math.tointeger(2^53).x",
} do try(src) end
print "-- syntax"
for _, src in ipairs { "x =", "x = 1 1", "local 1", "f(", "a.1 = 2", "return 'abc", "x = }", "for x", "if a then else elseif", "function f(a,) end", "function f(..., a) end", "return ...; x", "local function f() return ... end", "a + b", "a.b:c = 1", "1 = x", "x, y", "return \"a\\xg\"",
  "goto 1", "local x <const>", "break", "::l:: ::l::", "x = 0x", "x = 1e", "x = 3x", "--[[ open", "x = [==[ open", "x = ~", "x = a..", "x = @", "x = $1", "local t = {1, 2", "until x", "end", "x = function() end end", "and", "x = \"line\nbreak\"", "local a <close>, b <close> = 1" } do try(src) end
