-- Local variables of running functions.
local function f(a, b, ...)
  local c = a + b
  do local d = 5 end
  for i = 1, 2 do
    local names = {}
    local n = 1
    while true do
      local name, value = debug.getlocal(1, n)
      if not name then break end
      names[n] = name .. "=" .. type(value)
      n = n + 1
    end
    print(table.concat(names, " "))
  end
  for k, v in pairs {1} do local x = 1; print((debug.getlocal(1, 9)), (debug.getlocal(1, 4))) end
  print(debug.getlocal(1, -1), debug.getlocal(1, -2))
  local function g() debug.setlocal(2, 3, "new") end
  g()
  print(c)
  return c
end
f(1, 2, "va")
print(debug.getlocal(f, 1), debug.getlocal(f, 2), debug.getlocal(f, 3))
print(pcall(debug.getlocal, 50, 1))

local co = coroutine.create(function(x) local y = 7; coroutine.yield(); print(x, y) end)
coroutine.resume(co, 3)
print(debug.getlocal(co, 1, 1))
print(debug.getlocal(co, 1, 2))
print(debug.setlocal(co, 1, 2, 99))
coroutine.resume(co)

-- An assignment of debug is seen by closures.
do
  local shared = 1
  local function get() return shared end
  local n = 1
  while debug.getlocal(1, n) ~= "shared" do n = n + 1 end
  debug.setlocal(1, n, "changed")
  print(get(), shared)
end
