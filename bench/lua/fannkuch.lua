-- Pancake flips over all permutations of a small array.
local n = tonumber(arg and arg[1]) or 10
local function fannkuch(n)
  local p, q, count = {}, {}, {}
  for i = 1, n do p[i] = i; count[i] = i end
  local checksum, most, sign = 0, 0, 1
  while true do
    for i = 1, n do q[i] = p[i] end
    local flips, first = 0, q[1]
    while first ~= 1 do
      local i, j = 1, first
      while i < j do q[i], q[j] = q[j], q[i]; i = i + 1; j = j - 1 end
      flips = flips + 1
      first = q[1]
    end
    if flips > most then most = flips end
    checksum = checksum + sign * flips
    sign = -sign
    local r = 2
    if sign == -1 then
      p[1], p[2] = p[2], p[1]
    else
      p[2], p[3] = p[3], p[2]
      r = 3
      while true do
        count[r] = count[r] - 1
        if count[r] > 0 then break end
        count[r] = r
        if r == n then return checksum, most end
        r = r + 1
        local head = p[1]
        for i = 1, r - 1 do p[i] = p[i + 1] end
        p[r] = head
      end
    end
  end
end
-- count[2] is implied by the sign; the counters start at 3
print(fannkuch(n))
