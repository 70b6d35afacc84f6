-- Strings put together by .. and by table.concat.
local n = tonumber(arg and arg[1]) or 1500000
local parts, total = {}, 0
for i = 1, n do parts[#parts + 1] = "item" .. i .. ";" end
local joined = table.concat(parts, ",")
total = #joined
local s = ""
for i = 1, 12000 do s = s .. "x" .. (i % 10); if #s > 8000 then s = s:sub(-10) end end
for i = 1, n do local t = "<" .. parts[i] .. ">"; total = total + #t end
print(total, #s, s:sub(-4))
