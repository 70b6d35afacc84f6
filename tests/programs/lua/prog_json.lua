-- JSON encoder and decoder.
local esc = {['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\t"] = "\\t"}
local function encode(v)
  local k = type(v)
  if k == "string" then return '"' .. v:gsub('["\\%c]', function(c) return esc[c] or ("\\u%04x"):format(c:byte()) end) .. '"'
  elseif k == "table" then
    local out = {}
    if #v > 0 then for i, x in ipairs(v) do out[i] = encode(x) end return "[" .. table.concat(out, ",") .. "]" end
    local keys = {} for key in pairs(v) do keys[#keys + 1] = key end table.sort(keys)
    for i, key in ipairs(keys) do out[i] = encode(key) .. ":" .. encode(v[key]) end
    return "{" .. table.concat(out, ",") .. "}"
  end
  return tostring(v)
end
local decode
local function skip(s, i) return s:find("%S", i) or #s + 1 end
local function fail(s, i, m) local _, line = s:sub(1, i):gsub("\n", ""); error(("line %d, at %q: %s"):format(line + 1, s:sub(i, i + 5), m), 0) end
local function str(s, i)
  local out, j = {}, i + 1
  while true do
    local e = s:find('["\\]', j) or fail(s, i, "unfinished string")
    out[#out + 1] = s:sub(j, e - 1)
    if s:sub(e, e) == '"' then return table.concat(out), e + 1 end
    local c = s:sub(e + 1, e + 1)
    if c == "u" then out[#out + 1] = utf8.char(tonumber(s:sub(e + 2, e + 5), 16)); j = e + 6
    else out[#out + 1] = ({n = "\n", t = "\t"})[c] or c; j = e + 2 end
  end
end
function decode(s, i)
  i = skip(s, i)
  local c = s:sub(i, i)
  if c == '"' then return str(s, i) end
  if c == "[" or c == "{" then
    local t, close = {}, c == "[" and "]" or "}"
    i = skip(s, i + 1)
    if s:sub(i, i) == close then return t, i + 1 end
    while true do
      local k = #t + 1
      if c == "{" then k, i = str(s, skip(s, i)); i = skip(s, i); if s:sub(i, i) ~= ":" then fail(s, i, "':' expected") end i = i + 1 end
      t[k], i = decode(s, i)
      i = skip(s, i)
      local d = s:sub(i, i)
      if d == close then return t, i + 1 elseif d ~= "," then fail(s, i, "',' expected") end
      i = i + 1
    end
  end
  for word, val in pairs {["true"] = true, ["false"] = false} do if s:sub(i, i + #word - 1) == word then return val, i + #word end end
  local num = s:match("^-?%d+%.?%d*[eE]?[+-]?%d*", i) or fail(s, i, "value expected")
  return tonumber(num), i + #num
end
local text = [=[ {"name": "Mu\n\u00e9", "list": [1, 2.5, -3e2, true, false, "q\"q"], "nested": {"a": [], "b": {"c": [[1],[2,[3]]]}}} ]=]
local v = decode(text, 1) print(encode(v)) print(encode(decode(encode(v), 1)) == encode(v), v.nested.b.c[2][2][1]) for _, bad in ipairs {"[1 2]", '{"a" 1}', '"open', "[\n\n?]"} do print(pcall(decode, bad, 1)) end
