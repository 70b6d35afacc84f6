-- Common cases of library functions that have code of their own: clipping, defaults, one to five results.
local s=("abcdefghij"):rep(3)
for i=-40,40,7 do for j=-40,40,9 do io.write("[",s:sub(i,j),"]",(tostring((s:byte(i,j))))," ") end io.write(s:sub(i),"|",tostring((s:byte(i))),"\n") end
print(type(1),type(1.5),type(nil),type(true),type(print),type({}),type("x"),type(io.stdout),type(coroutine.create(print)),type(1<<60))
print(pcall(type)) print(tostring(1<<60),tostring(1.5),tostring(-0.0),tostring("x"),tostring(nil),tostring(0/0))
print(tonumber("0x10"),tonumber("1e1"),tonumber(" 12 "),tonumber("zz"),tonumber("9223372036854775807"),tonumber("z",36),tonumber(nil), pcall(tonumber))
print(("x"):rep(3,","), ("abc"):upper(), ("x"):len(), #("x"):rep(100))
print(string.find("hello world","o w"), string.find("hello","l+"), string.match("key=val","(%w+)=(%w+)"), string.match("a b c d e","(%w) (%w) (%w) (%w) (%w)"))
print(string.match("a b c d","(%w) (%w) (%w) (%w)")) print(string.match("a b c","(%w) (%w) (%w)"))
local t={} t[("x"):rep(50)]=1 print(t[("x"):rep(50)], ("x"):rep(50)==("x"):rep(50))
print(select('#',table.unpack({},1,3)),select('#',table.unpack({},1,5)))
