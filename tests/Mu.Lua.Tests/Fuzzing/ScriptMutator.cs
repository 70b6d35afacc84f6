using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Mu.Lua.Tests.Fuzzing;

/// <summary>Scripts made of others by changes of tokens, lines and bytes. The same seed makes the same script of the same corpus.</summary>
internal sealed partial class ScriptMutator(IReadOnlyList<string> corpus)
{
    private const int MaxChanges = 6;

    private static readonly string[] Numbers =
        ["0", "-1", "1", "2^53", "1e308*10", "-(0/0)", "0/0", "math.mininteger", "math.maxinteger", "1<<31", "1<<51", "0x7fffffff", "1e15", "0.5", "-0.0", "100", "3000"];

    /// <summary>Expressions that put unusual values where usual ones were.</summary>
    private static readonly string[] Expressions =
    [
        "nil", "true", "...", "{}", "''", "print", "_G", "_ENV", "error", "debug", "string", "(function(...) return ... end)", "coroutine.running()", "coroutine.yield()", "coroutine.wrap(print)",
        "('x'):rep(100)", "('x'):rep(1 << 20)", "setmetatable({}, {__index = error})", "setmetatable({}, {__index = function(t, k) return t[k] end})", "setmetatable({}, {__gc = error})",
        "setmetatable({}, {__call = pcall})", "setmetatable({}, {__tostring = error})", "setmetatable({}, {__name = 'x'})", "setmetatable({}, {__mode = 'kv'})", "setmetatable(_G, getmetatable(''))",
        "select('#', ...)", "table.unpack({1, 2, 3}, 1, 200)", "table.unpack({}, 1, 100000)", "debug.getinfo(1)", "debug.traceback()", "debug.sethook(print, 'crl', 1)", "string.dump(print)",
        "load(string.dump(function() return print end))", "collectgarbage()", "collectgarbage('step')", "math.random(0)", "tostring", "next", "pcall(error)", "xpcall(error, error)", "table.pack(...)",
        "string.pack('z', 'x')", "utf8.char(0x7fffffff)", "os.time()", "string.format('%99.99f', 1e300)", "debug.setmetatable(1, {__index = _G})", "debug.setmetatable(nil, {__call = error})",
        "debug.getregistry()", "coroutine.close(coroutine.create(print))", "rawlen", "assert(load('return ...'))", "{...}", "'\\xff\\xfe\\u{7fffffff}'", "table.concat({}, 'x', 1, 3)",
    ];

    private static readonly string[] Statements =
    [
        " goto x ", " ::x:: ", " break ", " return ", " return ... ", " do ", " end ", " local x <close> = setmetatable({}, {__close = error}) ", " local y <const> = 1 ", " local function f() return f() + 1 end f() ",
        " for i = 1, math.huge do ", " for k in pairs(_G) do _G[k] = nil end ", " repeat until false ", " error() ", " error({}) ", " coroutine.yield(1) ", " coroutine.wrap(function() error('x') end)() ",
        " string.gsub('abc', '.', error) ", " table.sort({3, 2, 1, 5, 4}, function() return true end) ", " collectgarbage() ", " setmetatable(_ENV, {__index = error, __newindex = error}) ", " _ENV = nil ",
        " local _ENV = {} ", " while pcall(error) do end ", " debug.sethook(error, '', 10) ", " x = x .. x ", " t[#t + 1] = t ", " if ", " then ", " else ", " function ", "--[[", "]]", "[==[", "\\", "\"",
    ];

    private readonly string[][] lines = [.. corpus.Select(script => script.Split('\n'))];

    /// <summary>A changed script, a character per byte.</summary>
    public string Make(int seed)
    {
        var random = new System.Random(seed);
        string script = corpus[random.Next(corpus.Count)];
        for (int changes = random.Next(1, MaxChanges); changes > 0; changes--) script = Change(script, random);
        return script;
    }

    private string Change(string script, System.Random random)
    {
        int kind = random.Next(12);
        if (kind < 2) return ChangeLines(script, random);
        if (kind == 2) return ChangeBytes(script, random);
        var tokens = Tokens().Matches(script).Select(match => match.Value).ToList();
        if (tokens.Count == 0) return Statements[random.Next(Statements.Length)];
        int at = random.Next(tokens.Count);
        switch (kind)
        {
            case 3: tokens.RemoveAt(at); break;
            case 4: tokens.Insert(at, tokens[random.Next(tokens.Count)]); break;
            case 5: (tokens[at], tokens[at / 2]) = (tokens[at / 2], tokens[at]); break;
            case 6: Replace(tokens, token => char.IsAsciiDigit(token[0]), at, Numbers[random.Next(Numbers.Length)]); break;
            case 7: Replace(tokens, IsName, at, tokens[random.Next(tokens.Count)]); break;
            case 8: Replace(tokens, IsName, at, "(" + Expressions[random.Next(Expressions.Length)] + ")"); break;
            case 9: Replace(tokens, token => token[0] is '"' or '\'' || char.IsAsciiDigit(token[0]), at, "(" + Expressions[random.Next(Expressions.Length)] + ")"); break;
            case 10: tokens.Insert(at, Statements[random.Next(Statements.Length)]); break;
            default: tokens.Insert(at, Repeated(tokens[at], random)); break;
        }
        return string.Concat(tokens);
    }

    private static bool IsName(string token) => char.IsAsciiLetter(token[0]) || token[0] == '_';

    /// <summary>Puts a text in the place of the first token from a place on that is of some kind.</summary>
    private static void Replace(List<string> tokens, Predicate<string> isOfKind, int from, string text)
    {
        int at = tokens.FindIndex(from, isOfKind);
        if (at >= 0) tokens[at] = text;
    }

    private static string Repeated(string token, System.Random random)
    {
        int count = 1 << random.Next(1, 14);
        return new StringBuilder(token.Length * count).Insert(0, token, count).ToString();
    }

    private string ChangeLines(string script, System.Random random)
    {
        var own = script.Split('\n').ToList();
        string[] other = lines[random.Next(lines.Length)];
        int at = random.Next(own.Count), count = Math.Min(random.Next(1, 12), own.Count - at), from = random.Next(other.Length);
        var inserted = other.Skip(from).Take(random.Next(1, 20)).ToArray();
        if (random.Next(2) == 0) own.RemoveRange(at, count);
        else own.InsertRange(random.Next(own.Count), own.GetRange(at, count));
        own.InsertRange(random.Next(own.Count + 1), inserted);
        return string.Join('\n', own);
    }

    private static string ChangeBytes(string script, System.Random random)
    {
        var text = new StringBuilder(script);
        for (int count = random.Next(1, 8); count > 0; count--) text.Insert(random.Next(text.Length + 1), (char)random.Next(256));
        return text.ToString();
    }

    [GeneratedRegex("""--\[(=*)\[.*?\]\1\]|--[^\n]*|\[(=*)\[.*?\]\2\]|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[A-Za-z_]\w*|0[xX][\w.]+|\d[\w.]*|\.\.\.|\.\.|[~=<>]=|//|::|<<|>>|\s+|.""", RegexOptions.Singleline)]
    private static partial Regex Tokens();
}
