-- Escapes, long strings of every level, line ends, comments.
print("tab\tq\"s\' back\\slash \65\066\x41\u{48}\u{20AC}\u{10FFFF}")
print("a\z
       b\z   c", 'single "double"', "line\
next")
print(#"\0\0a", ("\0x"):byte(1, -1))
print([[first
second]], [==[
leading newline dropped ]] ]=] kept]==])
print(#[[

x]], [[\n not an escape]])
--[[ long
comment ]] print("after long comment") --[==[ another
]] still ]==]
print("\u{7FFFFFFF}" == "\xFD\xBF\xBF\xBF\xBF\xBF", #"\u{7FF}", #"\u{800}", #"\u{FFFF}")
print(#"\a\b\f\n\r\t\v\\", ("\a\b\f\n\r\t\v"):byte(1, -1))
for _, src in ipairs { [[return "\q"]], [[return "\300"]], [[return "\xZZ"]], [[return "\u{110000000}"]],
  'return "open', "return [[open", [[return "\u{12"]], "return '\n'" } do
  print(select(2, load(src, "=lit")))
end
print(0xff, 0XA, 1e2, 1E+2, 0x1P+2, 3 .. 4, 1 ..2)
print(#"€", "日本語", "日本語" == "\u{65E5}\u{672C}\u{8A9E}")
goto done
do print "never" end
::done:: print(("x"):rep(3), #"abc" + 1, -"2" + 0, "10" + 5, "3" * "4", "0x10" + 0, 10 .. 20)
