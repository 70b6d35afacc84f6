-- load and friends.
print(load("return 1 + 1")(), load("return ...", "n")(7))
print(load("x =", "=name")) print(load("x =", "@file.lua")) print(load("syntax error here"))
local parts, i = {"return ", "1", " + 41"}, 0
print(load(function() i = i + 1 return parts[i] end)())
print(pcall(load, function() error("oops", 0) end)) print(pcall(load, function() return {} end))
print(load("return x", "n", "t", {x = 5})(), load("x", "n", "b"))
print(pcall(load, {}) == false) print(loadfile("/nonexistent.lua"))
package.preload.mine = function(...) return {args = {...}} end
local m = require("mine") print(m.args[1], m.args[2], require("mine") == m, package.loaded.mine == m)
print((select(2, pcall(require, "no.such.module")):match("^[^\n]*\n[^\n]*")))
print(package.searchpath("a.b", "./?.x;/y/?.z"))
print(package.config:sub(1, 1), type(package.searchers), #package.searchers >= 2)
local env = {} local f = load("y = 1; return _ENV", "n", "t", env) print(f() == env, env.y, y)
