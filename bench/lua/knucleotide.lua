-- Counts of all substrings of several lengths in a generated sequence.
local n = tonumber(arg and arg[1]) or 6000000
local x, parts, letters = 7, {}, {"a", "c", "g", "t", "a", "g"}
for i = 1, n do x = (x * 3877 + 29573) % 139968; parts[i] = letters[x % 6 + 1] end
local dna = table.concat(parts)
local function count(k)
  local counts = {}
  for i = 1, #dna - k + 1 do local s = dna:sub(i, i + k - 1); counts[s] = (counts[s] or 0) + 1 end
  local list = {}
  for s, c in pairs(counts) do list[#list + 1] = {s, c} end
  table.sort(list, function(p, q) return p[2] > q[2] or p[2] == q[2] and p[1] < q[1] end)
  return list
end
for _, k in ipairs {1, 2, 4, 6, 12} do local l = count(k); print(k, #l, l[1][1], l[1][2]) end
