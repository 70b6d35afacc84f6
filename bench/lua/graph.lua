-- Strongly connected components (Tarjan, with a stack of its own) and breadth-first levels of a random graph of node objects.
local n = tonumber(arg and arg[1]) or 16
local size, x = 20000, 99
local function random(k) x = (x * 16807) % 2147483647; return x % k + 1 end
local nodes = {}
for i = 1, size do nodes[i] = {id = i, out = {}} end
for i = 1, size do for _ = 1, 1 + i % 3 do local o = nodes[i].out; o[#o + 1] = {to = nodes[random(size)], cost = random(9)} end end
local function components()
  local index, stack, found = 0, {}, 0
  for i = 1, size do nodes[i].index, nodes[i].low, nodes[i].on = nil, nil, nil end
  for i = 1, size do
    if not nodes[i].index then
      local work = {{node = nodes[i], next = 0}}
      while #work > 0 do
        local f = work[#work]
        local v = f.node
        if f.next == 0 then index = index + 1; v.index, v.low, v.on = index, index, true; stack[#stack + 1] = v
        else local w = v.out[f.next].to; if w.low < v.low and w.on then v.low = w.low end end
        f.next = f.next + 1
        local e = v.out[f.next]
        if not e then
          if v.low == v.index then
            found = found + 1
            repeat local w = stack[#stack]; stack[#stack] = nil; w.on = false until w == v
          end
          work[#work] = nil
        elseif not e.to.index then work[#work + 1] = {node = e.to, next = 0}
        elseif e.to.on and e.to.index < v.low then v.low = e.to.index end
      end
    end
  end
  return found
end
local function bfs(from)
  local level, frontier, sum = {[from] = 0}, {from}, 0
  local depth = 0
  while #frontier > 0 do
    depth = depth + 1
    local nxt = {}
    for _, v in ipairs(frontier) do
      for _, e in ipairs(v.out) do
        if not level[e.to] then level[e.to] = depth; sum = sum + depth * e.cost; nxt[#nxt + 1] = e.to end
      end
    end
    frontier = nxt
  end
  return sum
end
local a, b = 0, 0
for i = 1, n do a = a + components(); b = b + bfs(nodes[i * 100]) end
print(a, b)
