-- if/while/repeat/for/break/goto in their corners.
local function kind(n)
  if n < 0 then return "neg" elseif n == 0 then return "zero" elseif n < 10 then return "small" else return "big" end
end
print(kind(-1), kind(0), kind(5), kind(50))
local i = 0
while true do i = i + 1; if i % 2 == 0 then goto continue end; if i > 9 then break end; io.write(i, " ") ::continue:: end
print()
repeat local seen = i; i = i - 3 until seen < 5 -- a local of the body is visible in the condition
print(i)
for a = 1, 3 do for b = 1, 3 do if b == a then goto next_a end; io.write(a, ":", b, " ") end ::next_a:: end
print()
do
  local k = 0
  ::top::
  k = k + 1
  if k < 5 then goto top end
  print("k", k)
end
for n = 1, 3 do local n = n * 10; io.write(n, " ") end print()
while false do print "no" end
repeat print "once" until true
-- goto backwards makes fresh locals that closures keep apart
do
  local fs, n = {}, 0
  ::again::
  local x = n * n
  fs[#fs + 1] = function() x = x + 1; return x end
  n = n + 1
  if n < 4 then goto again end
  for _, f in ipairs(fs) do io.write(f(), ",", f(), " ") end print()
end
for _, src in ipairs { "goto nowhere", "break", "do local x; goto l1; local y; ::l1:: print(y) end", "::a:: ::a::",
  "for i = 1 do end", "if x then", "local x <const> = 1; x = 2", "local y <foo> = 1", "x = = 1", "return return" } do
  print(select(2, load(src, "=ctl")))
end
;;; do ; end
local t = {f = function(self, x) return x * 2 end}
print(t:f(4), t.f(nil, 5), (t:f(6)))
