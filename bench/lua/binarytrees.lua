-- Many short-lived trees beside one long-lived: the collector's benchmark.
local n = tonumber(arg and arg[1]) or 17
local function make(depth)
  if depth == 0 then return {} end
  return {left = make(depth - 1), right = make(depth - 1)}
end
local function count(tree) if tree.left then return 1 + count(tree.left) + count(tree.right) end return 1 end
local long, total = make(n), 0
for depth = 4, n, 2 do
  local trees, nodes = 2 ^ (n - depth + 2), 0
  for _ = 1, trees do nodes = nodes + count(make(depth)) end
  total = total + nodes
end
print(string.format("%d %d", total, count(long)))
