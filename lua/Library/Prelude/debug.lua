-- debug.debug, which runs what the user types.
local host = ...
local G = host._G
local io, pcall, load, tostring = G.io, G.pcall, G.load, G.tostring

-- Programs may look for it; hooks are fields of coroutines here.
host.registry._HOOKKEY = G.setmetatable({}, {__mode = "k"})

function G.debug.debug()
  while true do
    io.stderr:write("lua_debug> ")
    local line = io.stdin:read("l")
    if line == nil or line == "cont" then return end
    local chunk, message = load(line, "=(debug command)")
    local ok = chunk ~= nil
    if ok then ok, message = pcall(chunk) end
    if not ok then io.stderr:write(tostring(message), "\n") end
  end
end
