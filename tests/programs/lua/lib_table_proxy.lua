-- Functions of table through metamethods.
local log, store = {}, {10, 20, 30}
local proxy = setmetatable({}, {
  __len = function() return #store end,
  __index = function(_, k) log[#log + 1] = "get " .. tostring(k) return store[k] end,
  __newindex = function(_, k, v) log[#log + 1] = "set " .. tostring(k) .. "=" .. tostring(v) store[k] = v end,
})
table.insert(proxy, 40)
table.insert(proxy, 1, 5)
print(table.remove(proxy, 2), table.remove(proxy))
print(table.concat(proxy, ","), table.unpack(proxy))
print(table.concat(log, "; "))
print(table.unpack(table.move({1, 2, 3}, 1, 3, 2)))
print(pcall(table.insert, {1}, 5, 0))
print(pcall(table.insert, {1}, 1, 2, 3))
print(pcall(table.concat, {1, {}, 3}))
print(pcall(table.insert, nil, 1))
print(pcall(table.unpack, {}, 1, 1e8))
print(table.remove({}), table.remove({}, 0), #table.pack(), table.pack(nil, nil).n)
print(table.concat({1, 2.5, "x"}, "-", 2, 3), table.concat({}, "x"))
