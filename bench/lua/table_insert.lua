-- table.insert and remove: as a stack, as a queue of moderate length, in the middle.
local n = tonumber(arg and arg[1]) or 12000000
local insert, remove = table.insert, table.remove
local stack, sum = {}, 0
for i = 1, n do insert(stack, i) if i % 3 == 0 then sum = (sum + remove(stack)) % 1000003 end end
while #stack > 0 do sum = (sum + remove(stack)) % 1000003 end
local queue = {}
for i = 1, n / 20 do insert(queue, 1, i) if #queue > 60 then sum = (sum + remove(queue, 30)) % 1000003 end end
print(sum, #queue)
