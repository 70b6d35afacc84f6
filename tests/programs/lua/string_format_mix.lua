-- Random conversions and numbers through format, tostring, tonumber, concatenation and the simple functions of string.
local seed, count = 5, 150
local x = seed
local function rnd(n) x = (x * 1103515245 + 12345) & 0x7fffffff; return (x >> 8) % n + 1 end
local convs = {"d","i","u","o","x","X","c","s","q","e","E","f","g","G","a","A","%","z","p"}
local mods = {"","","","","-","+"," ","#","0","5","08","-8",".3","10.4","+.2",".0","20.10","#.0","05.1",".14",".20"}
local function number()
  local r = rnd(10)
  if r == 1 then return rnd(100) - 50 elseif r == 2 then return (rnd(1 << 20) << 30) + rnd(1000) elseif r == 3 then return -(rnd(1 << 20) << 42)
  elseif r == 4 then return rnd(1000) / 7 elseif r == 5 then return rnd(100000) * 1e-9 elseif r == 6 then return (rnd(1000) - 500) * 1e17
  elseif r == 7 then return rnd(1 << 22) / 8 elseif r == 8 then return ({1/0, -1/0, 0.0, -0.0, 1e308, 5e-324, math.maxinteger, math.mininteger, 0.5, 1.5, 2.5, 1e15, 1e14, 123456789012345.5})[rnd(14)]
  elseif r == 9 then return 2.0 ^ (rnd(400) - 200) * rnd(1 << 20) else return rnd(1 << 20) / 1000 end
end
local strs = {"", "a", "hello", "12", "0x10", "1e2", " 3 ", "x\0y", ("long"):rep(20), "q\"\\\n\r\1" .. "2"}
local function show(...)
  local n = select("#", ...)
  local t = {n}
  for i = 1, n do local v = select(i, ...); t[#t+1] = type(v) == "string" and string.format("%q", v) or tostring(v) end
  return table.concat(t, " ")
end
for i = 1, count do
  local parts, args = {}, {}
  for k = 1, rnd(3) do
    parts[#parts+1] = ({"", "x", "ab: "})[rnd(3)] .. "%" .. mods[rnd(#mods)] .. convs[rnd(#convs)]
    local r = rnd(6)
    if r == 1 then args[k] = strs[rnd(#strs)] elseif r == 2 and rnd(3) == 1 then args[k] = ({true, false})[rnd(2)] else args[k] = number() end
  end
  local f = table.concat(parts)
  if not f:find("p", 1, true) then io.write(show(f), " -> ", show(pcall(string.format, f, table.unpack(args))), "\n") end
  local v, w = number(), number()
  io.write(tostring(v), " ", v .. "|" .. w, " ", tostring(tonumber(tostring(v))), " ", string.rep(tostring(w), rnd(4) - 1, ","), "\n")
  local s = strs[rnd(#strs)] .. number()
  io.write(show(s:upper(), s:lower(), s:reverse(), s:sub(rnd(20) - 10, rnd(20) - 10), s:byte(rnd(10) - 5, rnd(10) - 5)), " ", show(pcall(string.char, rnd(300) - 1, rnd(256) - 1)), " ", #s, " ", show(s:find(tostring(rnd(9)), rnd(5) - 2, true)), "\n")
  io.write(show(pcall(table.concat, {s, v, w, strs[rnd(#strs)]}, strs[rnd(#strs)], rnd(3), rnd(5))), " ", show(tonumber(s), tonumber(strs[rnd(#strs)]), pcall(tonumber, strs[rnd(#strs)], rnd(40))), "\n")
end
