-- Generators by coroutines: the primes as an endless pipeline of filters.
local function from(n)
  return coroutine.wrap(function()
    while true do
      coroutine.yield(n)
      n = n + 1
    end
  end)
end

local function without_multiples(prime, numbers)
  return coroutine.wrap(function()
    for n in numbers do
      if n % prime ~= 0 then coroutine.yield(n) end
    end
  end)
end

local function primes()
  return coroutine.wrap(function()
    local numbers = from(2)
    while true do
      local prime = numbers()
      coroutine.yield(prime)
      numbers = without_multiples(prime, numbers)
    end
  end)
end

for prime in primes() do
  if prime > 100 then break end
  io.write(prime, " ")
end
print()
