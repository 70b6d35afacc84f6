-- Heapsort of floats, by index arithmetic alone.
local n = tonumber(arg and arg[1]) or 1500000
local x = 42
local function random() x = (x * 3877 + 29573) % 139968; return x / 139968 end
local function heapsort(a, n)
  local i, j, l, r, v = 0, 0, math.floor(n / 2) + 1, n, 0
  while true do
    if l > 1 then l = l - 1; v = a[l]
    else
      v = a[r]; a[r] = a[1]; r = r - 1
      if r == 1 then a[1] = v return end
    end
    i, j = l, l * 2
    while j <= r do
      if j < r and a[j] < a[j + 1] then j = j + 1 end
      if v < a[j] then a[i] = a[j]; i = j; j = j * 2 else j = r + 1 end
    end
    a[i] = v
  end
end
local a = {}
for i = 1, n do a[i] = random() end
heapsort(a, n)
for i = 2, n do if a[i - 1] > a[i] then error "not sorted" end end
print(string.format("%.6f %.6f", a[1], a[math.floor(n / 2)]))
