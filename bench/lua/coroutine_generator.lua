-- A recursive generator over a tree and a pipeline of filters.
local n = tonumber(arg and arg[1]) or 240
local yield, wrap = coroutine.yield, coroutine.wrap
local function make(lo, hi) if lo > hi then return nil end local mid = math.floor((lo + hi) / 2); return {left = make(lo, mid - 1), key = mid, right = make(mid + 1, hi)} end
local function walk(t) if t then walk(t.left) yield(t.key) walk(t.right) end end
local function keys(t) return wrap(function() walk(t) end) end
local function filter(gen, k) return wrap(function() for x in gen do if x % k ~= 0 then yield(x) end end end) end
local tree, sum, count = make(1, 20000), 0, 0
for round = 1, n do
  for x in filter(filter(keys(tree), 2), 3) do sum = (sum + x * round) % 1000003; count = count + 1 end
end
local small = 0
for i = 1, 60000 do local g = wrap(function(a) local b = yield(a + 1); return b end); small = (small + g(i) + g(2)) % 1000003 end
print(sum, count, small)
