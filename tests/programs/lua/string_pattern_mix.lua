-- Random patterns, most of them odd, through every function that takes one.
local seed, count = 9, 120
local x = seed
local function rnd(n) x = (x * 1103515245 + 12345) & 0x7fffffff; return (x >> 8) % n + 1 end
local items = {"a","b","c",".","%a","%d","%w","%s","%A","%D","%u","%l","%p","%x","[ab]","[^a]","[a-c]","[%d%s]","[^%w]","[]]","[^]]","[a-]","1"," ","%%","%.","-","\n","x"}
local suffix = {"","","","","*","+","-","?"}
local odd = {"^","$","(","(",")",")","()","%1","%2","%b()","%bab","%f[%w]","%f[%a]","%f[^a]","%f","%b","%ba","[","[^","[%","%","%0","[a"}
local function pattern()
  local t = {}
  if rnd(5) == 1 then t[1] = "^" end
  local depth = 0
  for i = 1, rnd(7) do
    local r = rnd(12)
    if r == 1 then t[#t+1] = odd[rnd(#odd)]
    elseif r <= 3 then t[#t+1] = "("; depth = depth + 1
    elseif r == 4 and depth > 0 then t[#t+1] = ")"; depth = depth - 1
    else t[#t+1] = items[rnd(#items)] .. suffix[rnd(#suffix)] end
  end
  for i = 1, depth do if rnd(12) > 1 then t[#t+1] = ")" end end
  if rnd(6) == 1 then t[#t+1] = "$" end
  return table.concat(t)
end
local chars = {"a","b","c","a","b","1","2"," ","(",")","x","]","-","\n",".","A","\0"}
local function subject()
  local t = {}
  for i = 1, rnd(24) - 1 do t[i] = chars[rnd(#chars)] end
  return table.concat(t)
end
local repls = {"<%0>","%1","%2%1","x","","%%","%","%9","[%1]"}
local function show(...)
  local n = select("#", ...)
  local t = {n}
  for i = 1, n do local v = select(i, ...); t[#t+1] = type(v) == "string" and string.format("%q", v) or tostring(v) end
  return table.concat(t, " ")
end
for i = 1, count do
  local s, p = subject(), pattern()
  local head = string.format("%q %q ", s, p)
  io.write(head, "F ", show(pcall(string.find, s, p, rnd(4) - 2)), "\n")
  io.write("M ", show(pcall(string.match, s, p)), "\n")
  io.write("R ", show(pcall(string.gsub, s, p, repls[rnd(#repls)], rnd(3) == 1 and rnd(3) - 1 or nil)), "\n")
  local k = rnd(4)
  io.write("C ", show(pcall(string.gsub, s, p, function(...) local a, b = ...
    if k == 1 then return nil elseif k == 2 then return select("#", ...) elseif k == 3 then return (b or a) end
    return "<" .. tostring(a) .. ">" end)), "\n")
  io.write("T ", show(pcall(string.gsub, s, p, k == 1 and {a = "X", b = 7, [1] = "one", ["1"] = false} or k == 2 and setmetatable({}, {__index = function(t, q) return q end}) or {a = true})), "\n")
  io.write("G ", show(pcall(function() local t, n = {}, 0 for a, b, c in s:gmatch(p) do n = n + 1; t[#t+1] = tostring(a) .. "," .. tostring(b) .. "," .. tostring(c); if n > 40 then break end end return table.concat(t, ";") end)), "\n")
end
