-- The metatable of files, standard streams and line iterators.
local host = ...
local G = host._G
local io, registry = G.io, host.registry
local unpack, select = G.table.unpack, G.select

local methods = {
  read = host.file_read,
  write = host.file_write,
  close = host.file_close,
  flush = host.file_flush,
  seek = host.file_seek,
  setvbuf = host.file_setvbuf,
}
registry["FILE*"] = {
  __name = "FILE*",
  __index = methods,
  __tostring = host.file_tostring,
  __gc = host.file_finalize,
  __close = host.file_finalize,
}

io.stdin, io.stdout, io.stderr = host.file_standard(0), host.file_standard(1), host.file_standard(2)
registry._IO_input, registry._IO_output = io.stdin, io.stdout

local check, close, next_lines, argument_error = host.file_check, host.file_finalize, host.file_lines_next, host.argument_error

local function finish(file, closes, first, ...)
  if first == nil and closes then close(file) end
  return first, ...
end

local function iterator(file, closes, ...)
  local count = select("#", ...)
  if count > 250 then argument_error("lines", 252, "too many arguments") end
  if count == 0 then
    return function() return finish(file, closes, next_lines(file)) end
  end
  local formats = {...}
  return function() return finish(file, closes, next_lines(file, unpack(formats, 1, count))) end
end

function methods.lines(...)
  check(...)
  return iterator((...), false, select(2, ...))
end

function io.lines(name, ...)
  if name == nil then return iterator(host.file_default_input(), false, ...) end
  local file = host.file_open_lines(name)
  return iterator(file, true, ...), nil, nil, file
end
