-- All permutations of an array by recursive swaps, each handed to a callback.
local n = tonumber(arg and arg[1]) or 11
local function permute(a, k, f)
  if k == 1 then f(a) return end
  for i = 1, k do
    a[i], a[k] = a[k], a[i]
    permute(a, k - 1, f)
    a[i], a[k] = a[k], a[i]
  end
end
local list, count, sum = {}, 0, 0
for i = 1, n do list[i] = i end
permute(list, n, function(a) count = count + 1; sum = (sum * 3 + a[1] * 10 + a[n]) % 1000003 end)
print(count, sum)
