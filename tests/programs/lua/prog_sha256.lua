-- SHA-256 and base64.
local K, H0, n, count = {}, {}, 2, 0
local function frac(x) return math.floor((x - math.floor(x)) * 2 ^ 32) end
while count < 64 do local prime = true for d = 2, math.floor(n ^ 0.5) do if n % d == 0 then prime = false break end end if prime then count = count + 1 K[count] = frac(n ^ (1 / 3)) if count <= 8 then H0[count] = frac(n ^ 0.5) end end n = n + 1 end
local function rot(x, k) return (x >> k | x << 32 - k) & 0xffffffff end
local function sha256(s)
  local h = {table.unpack(H0)}
  s = s .. "\x80" .. ("\0"):rep((55 - #s) % 64) .. string.pack(">I8", #s * 8)
  for chunk = 1, #s, 64 do
    local w = {string.unpack(">" .. ("I4"):rep(16), s, chunk)}
    for i = 17, 64 do local a, b = w[i - 15], w[i - 2] w[i] = w[i - 16] + (rot(a, 7) ~ rot(a, 18) ~ a >> 3) + w[i - 7] + (rot(b, 17) ~ rot(b, 19) ~ b >> 10) & 0xffffffff end
    local a, b, c, d, e, f, g, hh = table.unpack(h)
    for i = 1, 64 do local t1 = hh + (rot(e, 6) ~ rot(e, 11) ~ rot(e, 25)) + (e & f ~ ~e & g) + K[i] + w[i] local t2 = (rot(a, 2) ~ rot(a, 13) ~ rot(a, 22)) + (a & b ~ a & c ~ b & c) hh, g, f, e, d, c, b, a = g, f, e, d + t1 & 0xffffffff, c, b, a, t1 + t2 & 0xffffffff end
    for i, v in ipairs {a, b, c, d, e, f, g, hh} do h[i] = h[i] + v & 0xffffffff end
  end
  return (("%08x"):rep(8):format(table.unpack(h)))
end
for _, s in ipairs {"", "abc", ("a"):rep(200), "The quick brown fox jumps over the lazy dog"} do print(sha256(s)) end
local A = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local function b64(s) return (s:gsub("..?.?", function(c) local a, b, d = c:byte(1, 3) local v = a << 16 | (b or 0) << 8 | (d or 0) local o = "" for i = 3, 0, -1 do o = o .. A:sub((v >> i * 6 & 63) + 1, (v >> i * 6 & 63) + 1) end return o:sub(1, #c + 1) .. ("="):rep(3 - #c) end)) end
for _, s in ipairs {"", "f", "fo", "foo", "hello world"} do print(b64(s)) end
