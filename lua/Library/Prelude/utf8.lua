-- The iterator of utf8.codes.
local host = ...
local utf8 = host._G.utf8
local check, strict, lax = host.utf8_check, host.utf8_next_strict, host.utf8_next_lax

utf8.charpattern = "[\0-\x7F\xC2-\xFD][\x80-\xBF]*"

function utf8.codes(...)
  local s, is_lax = ...
  s = check(...)
  return is_lax and lax or strict, s, 0
end
