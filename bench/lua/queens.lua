-- All solutions of the queens puzzle by backtracking over three arrays.
local n = tonumber(arg and arg[1]) or 13
local columns, up, down, solutions, tried = {}, {}, {}, 0, 0
local function place(row)
  if row > n then solutions = solutions + 1 return end
  for c = 1, n do
    tried = tried + 1
    if not columns[c] and not up[row + c] and not down[row - c + n] then
      columns[c], up[row + c], down[row - c + n] = true, true, true
      place(row + 1)
      columns[c], up[row + c], down[row - c + n] = false, false, false
    end
  end
end
place(1)
print(solutions, tried)
