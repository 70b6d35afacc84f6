-- string.format with the usual directives, tostring and tonumber.
local n = tonumber(arg and arg[1]) or 2000000
local format, total, sum = string.format, 0, 0
for i = 1, n do
  local s = format("%d:%5.2f:%s:%-8s|%04x", i, i / 7, "name", i % 100, i % 65536)
  total = total + #s
  sum = (sum + tonumber(s:sub(1, (s:find(":", 1, true)) - 1)) + tonumber(tostring(i % 1000))) % 1000003
end
print(total, sum)
