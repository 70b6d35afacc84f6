-- Classes are tables: methods through __index, operators through metamethods.
local Account = {}
Account.__index = Account

function Account.new(owner)
  return setmetatable({owner = owner, balance = 0}, Account)
end

function Account:deposit(amount)
  self.balance = self.balance + amount
  return self
end

function Account:withdraw(amount)
  if amount > self.balance then
    error(("%s has only %d"):format(self.owner, self.balance), 2)
  end
  self.balance = self.balance - amount
  return self
end

function Account:__tostring()
  return ("%s: %d"):format(self.owner, self.balance)
end

-- An account that may go below zero inherits everything else.
local Credit = setmetatable({__tostring = Account.__tostring}, {__index = Account})
Credit.__index = Credit

function Credit.new(owner, limit)
  local account = setmetatable(Account.new(owner), Credit)
  account.limit = limit
  return account
end

function Credit:withdraw(amount)
  if amount > self.balance + self.limit then error("over the limit", 2) end
  self.balance = self.balance - amount
  return self
end

local ada, bob = Account.new "Ada", Credit.new("Bob", 100)
print(ada:deposit(50):withdraw(20))
print(bob:deposit(10):withdraw(60))
print(pcall(ada.withdraw, ada, 1000))
