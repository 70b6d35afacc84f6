-- package and require (loadlib.c), without C modules.
local host = ...
local G = host._G
local string, table, type, tostring, select, getenv = G.string, G.table, G.type, G.tostring, G.select, G.os.getenv
local fail, argument_error, type_name, is_readable = host.error, host.argument_error, host.type_name, host.is_readable
local gsub, gmatch, find, sub = string.gsub, string.gmatch, string.find, string.sub

local default_path = "/usr/local/share/lua/5.4/?.lua;/usr/local/share/lua/5.4/?/init.lua;"
  .. "/usr/local/lib/lua/5.4/?.lua;/usr/local/lib/lua/5.4/?/init.lua;./?.lua;./?/init.lua"

-- LUA_PATH_5_4 or LUA_PATH, in which ";;" stands for the default.
local function initial_path(name, default)
  local path = getenv(name .. "_5_4") or getenv(name)
  if not path or host.ignores_environment() then return default end
  local at = find(path, ";;", 1, true)
  if not at then return path end
  local before, after = sub(path, 1, at - 1), sub(path, at + 2)
  return (before ~= "" and before .. ";" or "") .. default .. (after ~= "" and ";" .. after or "")
end

local package = {
  config = "/\n;\n?\n!\n-\n",
  path = initial_path("LUA_PATH", default_path),
  cpath = initial_path("LUA_CPATH", "/usr/local/lib/lua/5.4/?.so;/usr/local/lib/lua/5.4/loadall.so;./?.so"),
  loaded = {},
  preload = {},
}
host.registry._LOADED, host.registry._PRELOAD = package.loaded, package.preload
G.package = package
for _, name in G.ipairs { "coroutine", "string", "table", "math", "utf8", "os", "io", "debug", "package" } do
  package.loaded[name] = G[name]
end
package.loaded._G = G

local function check_string(name, n, count, value)
  if type(value) == "number" then return tostring(value) end
  if type(value) ~= "string" then
    argument_error(name, n, "string expected, got " .. (count < n and "no value" or type_name(value)))
  end
  return value
end

function package.searchpath(...)
  local name, path, separator, replacement = ...
  local count = select("#", ...)
  path = check_string("searchpath", 2, count, path)
  name = check_string("searchpath", 1, count, name)
  if separator ~= nil then separator = check_string("searchpath", 3, count, separator) end
  if replacement ~= nil then replacement = check_string("searchpath", 4, count, replacement) end
  separator, replacement = separator or ".", replacement or "/"
  if separator ~= "" and find(name, separator, 1, true) then
    name = gsub(name, (gsub(separator, "%p", "%%%0")), (gsub(replacement, "%%", "%%%%")))
  end
  local tried = {}
  for template in gmatch(path .. ";", "([^;]*);") do
    local file = gsub(template, "%?", (gsub(name, "%%", "%%%%")))
    if is_readable(file) then return file end
    tried[#tried + 1] = "no file '" .. file .. "'"
  end
  return nil, table.concat(tried, "\n\t")
end

local no_libraries = "dynamic libraries not enabled; check your Lua installation"

function package.loadlib(...)
  local path, name = ...
  local count = select("#", ...)
  check_string("loadlib", 1, count, path)
  check_string("loadlib", 2, count, name)
  return nil, no_libraries, "absent"
end

local function find_file(name, field)
  local path = package[field]
  if type(path) == "number" then path = tostring(path) end
  if type(path) ~= "string" then host.raise("'package." .. field .. "' must be a string") end
  return package.searchpath(name, path)
end

local function load_error(name, file, message)
  host.raise("error loading module '" .. name .. "' from file '" .. file .. "':\n\t" .. message)
end

package.searchers = {
  function(name)
    local preload = host.registry._PRELOAD
    local loader = preload[name]
    if loader == nil then return "no field package.preload['" .. name .. "']" end
    return loader, ":preload:"
  end,
  function(name)
    local file, message = find_file(name, "path")
    if not file then return message end
    local loader
    loader, message = G.loadfile(file)
    if not loader then load_error(name, file, message) end
    return loader, file
  end,
  -- C modules are found, so that messages are PUC's, but cannot be loaded.
  function(name)
    local file, message = find_file(name, "cpath")
    if not file then return message end
    load_error(name, file, no_libraries)
  end,
  function(name)
    local root = find(name, ".", 1, true)
    if not root then return end
    local file, message = find_file(sub(name, 1, root - 1), "cpath")
    if not file then return message end
    load_error(name, file, no_libraries)
  end,
}

function G.require(...)
  local name = check_string("require", 1, select("#", ...), (...))
  local loaded = host.registry._LOADED
  local module = loaded[name]
  if module then return module end
  local searchers = package.searchers
  if type(searchers) ~= "table" then fail("'package.searchers' must be a table") end
  local messages = ""
  local i = 1
  while true do
    local searcher = searchers[i]
    if searcher == nil then fail("module '" .. name .. "' not found:" .. messages) end
    local loader, extra = searcher(name)
    if type(loader) == "function" then
      local value = loader(name, extra)
      if value ~= nil then loaded[name] = value
      elseif loaded[name] == nil then loaded[name] = true end
      return loaded[name], extra
    end
    if type(loader) == "string" or type(loader) == "number" then messages = messages .. "\n\t" .. loader end
    i = i + 1
  end
end
