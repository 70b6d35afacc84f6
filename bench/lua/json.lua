-- Encoding and decoding of a nested document.
local n = tonumber(arg and arg[1]) or 900
local find, sub, concat, format = string.find, string.sub, table.concat, string.format
local escapes = {['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n"}
local unescapes = {n = "\n", t = "\t", ['"'] = '"', ["\\"] = "\\"}
local function encode(v, out)
  local kind = type(v)
  if kind == "table" then
    if v[1] ~= nil then
      out[#out + 1] = "["
      for i = 1, #v do if i > 1 then out[#out + 1] = "," end encode(v[i], out) end
      out[#out + 1] = "]"
    else
      local keys = {}
      for k in pairs(v) do keys[#keys + 1] = k end
      table.sort(keys)
      out[#out + 1] = "{"
      for i, k in ipairs(keys) do if i > 1 then out[#out + 1] = "," end encode(k, out); out[#out + 1] = ":"; encode(v[k], out) end
      out[#out + 1] = "}"
    end
  elseif kind == "string" then out[#out + 1] = '"' .. v:gsub('["\\\n]', escapes) .. '"'
  elseif kind == "number" then out[#out + 1] = format("%.14g", v)
  else out[#out + 1] = tostring(v) end
end
local decode
local function space(s, i) return (find(s, "%S", i)) end
local function str(s, i)
  local j = i + 1
  while true do
    local c = find(s, '["\\]', j)
    if sub(s, c, c) == '"' then return (sub(s, i + 1, c - 1):gsub("\\(.)", unescapes)), c + 1 end
    j = c + 2
  end
end
local words = {t = {true, 4}, f = {false, 5}}
function decode(s, i)
  i = space(s, i)
  local c = sub(s, i, i)
  if c == "{" then
    local t = {}
    i = space(s, i + 1)
    while sub(s, i, i) ~= "}" do
      local k, v
      k, i = str(s, i)
      v, i = decode(s, space(s, i) + 1)
      t[k] = v
      i = space(s, i)
      if sub(s, i, i) == "," then i = space(s, i + 1) end
    end
    return t, i + 1
  elseif c == "[" then
    local t = {}
    i = space(s, i + 1)
    while sub(s, i, i) ~= "]" do
      t[#t + 1], i = decode(s, i)
      i = space(s, i)
      if sub(s, i, i) == "," then i = i + 1 end
    end
    return t, i + 1
  elseif c == '"' then return str(s, i)
  elseif words[c] then return words[c][1], i + words[c][2]
  else
    local _, e = find(s, "^[-+%d.eE]+", i)
    return tonumber(sub(s, i, e)), e + 1
  end
end
local doc = {users = {}}
for i = 1, 150 do doc.users[i] = {id = i, name = "user " .. i, score = i / 8, tags = {"a", "b\n", "c\"" .. i}, active = i % 2 == 0, pos = {x = i, y = -i}} end
local text
for _ = 1, n do local out = {}; encode(doc, out); text = concat(out); doc = decode(text, 1) end
print(#text, doc.users[150].tags[3], doc.users[7].score)
