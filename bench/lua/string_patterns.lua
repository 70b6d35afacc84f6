-- find, match, gmatch and gsub with captures, classes and functions.
local n = tonumber(arg and arg[1]) or 7000
local lines = {}
for i = 1, 100 do
  lines[i] = ("2024-%02d-%02d host%d: user=%s action=login%d bytes=%d"):format(i % 12 + 1, i % 28 + 1, i % 7, ("abc"):rep(i % 3 + 1), i, i * 37)
end
local text = table.concat(lines, "\n")
local bytes, words, days, subs = 0, 0, 0, 0
for _ = 1, n do
  for line in text:gmatch "[^\n]+" do
    local y, m, d, host = line:match "^(%d+)-(%d+)-(%d+) (%w+):"
    days = (days + y * 372 + m * 31 + d) % 1000003
    bytes = bytes + #host + tonumber(line:match "bytes=(%d+)")
    if line:find("login9", 1, true) then words = words + 1 end
  end
  local _, k = text:gsub("(%w+)=(%w+)", "%2=%1")
  local _, j = text:gsub("%d+", function(x) if #x > 2 then return "#" end end)
  subs = subs + k + j
end
print(bytes, words, days, subs)
