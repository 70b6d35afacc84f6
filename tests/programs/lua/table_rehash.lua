-- A table that is filled in a random order, with holes and names among its numbers, keeps every key through its rehashes.
local state = 12345
local function random(n)
  state = (state * 1103515245 + 12345) % 2147483648
  return state // 65536 % n + 1
end

local function check(t, keys, n)
  for i = -3, n + 3 do
    if t[i] ~= keys["k" .. i] then return "wrong at " .. i .. ": " .. tostring(t[i]) .. " for " .. tostring(keys["k" .. i]) end
  end
  local count, expected = 0, 0
  for _ in pairs(t) do count = count + 1 end
  for _ in pairs(keys) do expected = expected + 1 end
  return count == expected and "ok" or count .. " keys, not " .. expected
end

local verdicts = {}
for size = 1, 60 do
  for round = 1, 12 do
    local t, keys = {}, {}
    for _ = 1, size * 2 do
      local key, value = random(size + 2) - 2, random(1000)
      if random(5) == 1 then value = nil end
      t[key] = value
      keys["k" .. key] = value
    end
    local verdict = check(t, keys, size)
    verdicts[verdict] = (verdicts[verdict] or 0) + 1
    if verdict ~= "ok" then print(size, round, verdict) end
    while next(t) do t[next(t)] = nil end
    for key = size, 1, -1 do t[key], keys["k" .. key] = key, key end
    if #t ~= size then print("length", size, #t) end
  end
end
print(verdicts.ok)
