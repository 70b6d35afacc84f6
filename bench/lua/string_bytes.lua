-- string.byte, char and sub in loops: a checksum, a cipher, a reversal.
local n = tonumber(arg and arg[1]) or 560
local byte, char, sub = string.byte, string.char, string.sub
local text = ("The quick brown fox jumps over the lazy dog. "):rep(500)
local a, b, spaces = 1, 0, 0
for _ = 1, n do
  for i = 1, #text do
    a = (a + byte(text, i)) % 65521
    b = (b + a) % 65521
    if sub(text, i, i) == " " then spaces = spaces + 1 end
  end
  local out = {}
  for i = 1, #text do
    local c = byte(text, i)
    if c >= 97 and c <= 122 then c = (c - 97 + 13) % 26 + 97 end
    out[i] = char(c)
  end
  text = table.concat(out)
end
print(a, b, spaces, sub(text, 1, 20))
