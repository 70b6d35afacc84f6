-- The spectral norm of an infinite matrix: calls in float loops over arrays.
local n = tonumber(arg and arg[1]) or 1400
local function a(i, j) local s = i + j - 1; return 1.0 / (s * (s - 1) * 0.5 + i) end
local function av(x, y) for i = 1, n do local s = 0; for j = 1, n do s = s + a(i, j) * x[j] end y[i] = s end end
local function atv(x, y) for i = 1, n do local s = 0; for j = 1, n do s = s + a(j, i) * x[j] end y[i] = s end end
local u, v, t = {}, {}, {}
for i = 1, n do u[i] = 1 end
for _ = 1, 8 do av(u, t) atv(t, v) av(v, t) atv(t, u) end
local uv, vv = 0, 0
for i = 1, n do uv = uv + u[i] * v[i]; vv = vv + v[i] * v[i] end
print(string.format("%.9f", math.sqrt(uv / vv)))
