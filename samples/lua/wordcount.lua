-- Counts the words of a file, or of standard input: `mulua samples/lua/wordcount.lua README.md`.
local input = arg[1] and assert(io.open(arg[1])) or io.stdin

local counts, total = {}, 0
for line in input:lines() do
  for word in line:lower():gmatch "%a+" do
    counts[word] = (counts[word] or 0) + 1
    total = total + 1
  end
end

local words = {}
for word in pairs(counts) do words[#words + 1] = word end
table.sort(words, function(a, b)
  if counts[a] ~= counts[b] then return counts[a] > counts[b] end
  return a < b
end)

print(("%d words, %d different"):format(total, #words))
for i = 1, math.min(10, #words) do
  print(("%6d  %s"):format(counts[words[i]], words[i]))
end
