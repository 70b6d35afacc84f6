-- Tasks of several classes that pass packets through queues: polymorphic method calls on objects.
local n = tonumber(arg and arg[1]) or 4000000
local Task = {}
Task.__index = Task
local function class(base) local c = setmetatable({}, {__index = base}); c.__index = c; return c end
function Task.init(cls, id, priority) return setmetatable({id = id, priority = priority, queue = nil, state = "ready", work = 0}, cls) end
function Task:accept(packet) packet.link = nil
  if not self.queue then self.queue = packet self.tail = packet else self.tail.link = packet self.tail = packet end
  self.state = "ready" end
function Task:take() local p = self.queue; self.queue = p.link; if not self.queue then self.state = "waiting" end return p end
function Task:step(s) error "abstract" end
local Worker, Device, Idle = class(Task), class(Task), class(Task)
function Worker:step(s) local p = self:take(); p.value = (p.value * 31 + self.id) % 65537; self.work = self.work + 1; return s:route(self, p) end
function Device:step(s) local p = self:take(); self.work = self.work + p.value % 3; p.value = p.value + 1; return s:route(self, p) end
function Idle:step(s) self.work = self.work + 1; local p = self:take(); return s:route(self, p) end
local Scheduler = {}
Scheduler.__index = Scheduler
function Scheduler:route(task, packet) local target = self.tasks[(task.id + packet.value) % #self.tasks + 1]; target:accept(packet) return target end
function Scheduler:run(steps)
  local tasks = self.tasks
  while steps > 0 do
    for i = 1, #tasks do local t = tasks[i]; if t.state == "ready" and t.queue then t:step(self); steps = steps - 1 end end
  end
end
local s = setmetatable({tasks = {}}, Scheduler)
local kinds = {Worker, Device, Worker, Idle, Device, Worker}
for i, kind in ipairs(kinds) do s.tasks[i] = Task.init(kind, i, i * 10) end
for i = 1, 4 do s.tasks[i]:accept {value = i * 101, link = nil} end
s:run(n * 2)
local sum = 0
for _, t in ipairs(s.tasks) do sum = (sum * 7 + t.work) % 1000003 end
print(sum)
