-- A Lisp interpreter with lambdas, let, recursion and lists.
local function parse(src)
  local tokens, i = {}, 0
  for t in src:gsub("[()']", " %0 "):gmatch "%S+" do tokens[#tokens + 1] = t end
  local function read()
    i = i + 1
    local t = tokens[i]
    if t == "(" then local l = {} while tokens[i + 1] ~= ")" do if not tokens[i + 1] then error("missing )", 0) end l[#l + 1] = read() end i = i + 1 return l
    elseif t == "'" then return {"quote", read()} elseif t == ")" then error("unexpected )", 0) end
    return tonumber(t) or t
  end
  local forms = {} while i < #tokens do forms[#forms + 1] = read() end return forms
end
local function show(v) if type(v) == "table" then local o = {} for i, x in ipairs(v) do o[i] = show(x) end return "(" .. table.concat(o, " ") .. ")" elseif type(v) == "function" then return "#fn" end return tostring(v) end
local special = {}
local function eval(x, env)
  if type(x) == "string" then local v = env[x] if v == nil then error("unbound " .. x, 0) end return v elseif type(x) ~= "table" then return x end
  if special[x[1]] then return special[x[1]](x, env) end
  local f, args = eval(x[1], env), {} for i = 2, #x do args[i - 1] = eval(x[i], env) end
  return f(table.unpack(args))
end
special.quote = function(x) return x[2] end
special["if"] = function(x, env) if eval(x[2], env) then return eval(x[3], env) end return x[4] ~= nil and eval(x[4], env) end
special.define = function(x, env) if type(x[2]) == "table" then local n = table.remove(x[2], 1); env[n] = eval({"lambda", x[2], x[3]}, env) return n end env[x[2]] = eval(x[3], env) return x[2] end
special.lambda = function(x, env) return function(...) local l = setmetatable({}, {__index = env}) for i, p in ipairs(x[2]) do l[p] = (select(i, ...)) end local r for i = 3, #x do r = eval(x[i], l) end return r end end
special.let = function(x, env) local l = setmetatable({}, {__index = env}) for _, b in ipairs(x[2]) do l[b[1]] = eval(b[2], env) end return eval(x[3], l) end
local G = {["+"] = function(a, b) return a + b end, ["-"] = function(a, b) return a - b end, ["*"] = function(a, b) return a * b end, ["<"] = function(a, b) return a < b end, ["="] = function(a, b) return a == b end, list = function(...) return {...} end, car = function(l) return l[1] end, cdr = function(l) return {table.unpack(l, 2)} end, cons = function(a, l) return {a, table.unpack(l)} end, ["null?"] = function(l) return #l == 0 end}
for _, form in ipairs(parse [[(define (fact n) (if (< n 2) 1 (* n (fact (- n 1))))) (fact 20) (define (map f l) (if (null? l) l (cons (f (car l)) (map f (cdr l))))) (map (lambda (x) (* x x)) '(1 2 3 4)) (define (adder n) (lambda (x) (+ x n))) ((adder 10) 5) (let ((a 1) (b 2)) (list a b (+ a b))) (define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))) (fib 15) car '(a (b c))]]) do print(show(eval(form, G))) end print(pcall(eval, parse("(nope 1)")[1], G)) print(pcall(parse, "(a")) print(pcall(parse, ")"))
