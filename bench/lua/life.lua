-- The game of life on a torus.
local n = tonumber(arg and arg[1]) or 2400
local w, h = 128, 96
local grid, x = {}, 1
for y = 1, h do grid[y] = {}; for i = 1, w do x = (x * 16807) % 2147483647; grid[y][i] = x % 3 == 0 and 1 or 0 end end
local function step(g)
  local new = {}
  for y = 1, h do
    local up, row, down, out = g[y > 1 and y - 1 or h], g[y], g[y < h and y + 1 or 1], {}
    for i = 1, w do
      local l, r = i > 1 and i - 1 or w, i < w and i + 1 or 1
      local k = up[l] + up[i] + up[r] + row[l] + row[r] + down[l] + down[i] + down[r]
      out[i] = (k == 3 or k == 2 and row[i] == 1) and 1 or 0
    end
    new[y] = out
  end
  return new
end
for _ = 1, n do grid = step(grid) end
local alive = 0
for y = 1, h do for i = 1, w do alive = alive + grid[y][i] * (i % 5 + 1) end end
print(alive)
