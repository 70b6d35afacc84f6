-- string.format: every directive, flags, widths, %q, %s with metamethods, %a.
local f = string.format
print(f("%d|%5d|%-5d|%05d|%+d|% d|%i", 42, 42, 42, 42, 42, 42, 42), f("%.3d|%8.3d", 5, 5), f("%d", 3.0), f("%d", "10")) print(f("%u", 42) == "42" or "no u") 
print(f("%x %X %#x %o %#o", 255, 255, 255, 8, 8), f("%x", -1), f("%c%c%c", 76, 117, 97), f("%%"))
print(f("%f %.0f %.10f %8.2f|%-8.2f|%+.1f", 1.5, 2.5, 1 / 3, 3.14159, 3.14159, 2), f("%e %.2E %g %g %g %G", 12345.678, 0.00012, 1e20, 1e-5, 100000, 1e-10))
print(f("%g %g %g %.3g %#.3g %g", 0.1, 1e15, 123456789, 1234.5, 1, 2 ^ 53), f("%f %g %d", math.huge, -math.huge, -0), f("%.14g %.17g", 0.1, 0.1), f("%5.1f|%-7s|%7s|%.2s", 9.96, "ab", "cd", "xyz"))
print(f("%s %s %s %s", nil, true, 12, 1.5), f("%10.3s|", "abcdef"), f("%s", setmetatable({}, {__tostring = function() return "meta" end})), f("%-10s|%10s|", "left", "right"))
print(f("%q", 'a "quoted" \\ line\nnew\0zero\r\t\1272'), f("%q %q %q %q", 1, 1.5, true, nil), f("%q", 1 / 3), f("%q", math.mininteger), f("%q %q", 1 / 0, -1 / 0))
print(f("%a %A %.2a", 1, 0.5, 3.14159), f("%i", -7), f("%s", ("x"):rep(120)) == ("x"):rep(120), #f("%99d", 1), #f("%.99f", 1))
for _, a in ipairs { {"%d", "1.5"}, {"%d", 2 ^ 63}, {"%s"}, {"%x", {}}, {"%c", "a"}, {"%10q", "x"}, {"%0100d", 1}, {"%"}, {"%k", 1}, {"%f", "abc"}, {"%d", nil}, {"%#i", 1} } do print(pcall(f, table.unpack(a))) end
print(f("no directives"), f("%s%s", 1, 2), f("%5s%%", 50), f("%3d|%-3d|%03d", 1234, 1234, 1234), f("%d extra", 1, 2, 3), f("%.20s|%.0s|%s", "short", "gone", "a\0b") == "short||a\0b")
