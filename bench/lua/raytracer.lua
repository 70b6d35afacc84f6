-- A ray tracer for spheres over a floor: float objects, closures and calls.
local n = tonumber(arg and arg[1]) or 1500
local sqrt, floor = math.sqrt, math.floor
local spheres = {}
for i = 0, 5 do spheres[#spheres + 1] = {x = (i % 3 - 1) * 1.5, y = 0.2 + (i % 2) * 0.6, z = 4 + floor(i / 3) * 1.5, r = 0.6, shade = 0.3 + i * 0.1} end
local function hit(ox, oy, oz, dx, dy, dz)
  local best, what = math.huge, nil
  for i = 1, #spheres do
    local s = spheres[i]
    local lx, ly, lz = s.x - ox, s.y - oy, s.z - oz
    local b = lx * dx + ly * dy + lz * dz
    local d = b * b - (lx * lx + ly * ly + lz * lz) + s.r * s.r
    if d > 0 then
      local t = b - sqrt(d)
      if t > 1e-4 and t < best then best, what = t, s end
    end
  end
  return what, best
end
local function trace(ox, oy, oz, dx, dy, dz, depth)
  local s, t = hit(ox, oy, oz, dx, dy, dz)
  if not s then
    if dy < 0 then
      local k = -(oy + 0.5) / dy
      if k > 1e-4 then
        local px, pz = ox + dx * k, oz + dz * k
        local dark = hit(px, -0.5, pz, 0.577, 0.577, -0.577) and 0.3 or 1
        return ((floor(px) + floor(pz)) % 2 == 0 and 0.9 or 0.2) * dark
      end
    end
    return 0.5 + 0.5 * dy
  end
  local px, py, pz = ox + dx * t, oy + dy * t, oz + dz * t
  local nx, ny, nz = (px - s.x) / s.r, (py - s.y) / s.r, (pz - s.z) / s.r
  local light = nx * 0.577 + ny * 0.577 - nz * 0.577
  if light < 0 then light = 0 end
  local colour = s.shade * (0.2 + 0.8 * light)
  if depth < 3 then
    local k = 2 * (dx * nx + dy * ny + dz * nz)
    colour = colour + 0.3 * trace(px, py, pz, dx - k * nx, dy - k * ny, dz - k * nz, depth + 1)
  end
  return colour
end
local sum = 0
for y = 0, n - 1 do
  for x = 0, n - 1 do
    local dx, dy, dz = (x - n / 2) / n, (n / 2 - y) / n, 1
    local l = 1 / sqrt(dx * dx + dy * dy + dz * dz)
    sum = sum + trace(0, 0.5, 0, dx * l, dy * l, dz * l, 0)
  end
end
print(string.format("%.5f", sum))
