// Expected values come from the reference implementation, Lua 5.4.
using System.Text;
using Mu.Lua.Text.Patterns;
using Xunit;

namespace Mu.Lua.Tests.Text;

public sealed class PatternMatcherTests
{
    public static TheoryData<string, string, int, string> Finds => new()
    {
        { "hello world", "o", 1, "5|5" },
        { "hello world", "(o)", 1, "5|5|o" },
        { "hello", "l+", 1, "3|4" },
        { "hello", "l-", 1, "1|0" },
        { "hello", "^h", 1, "1|1" },
        { "hello", "^e", 1, "nil" },
        { "hello", "o$", 1, "5|5" },
        { "a$b", "a$b", 1, "1|3" },
        { "hello", "()ll()", 1, "3|4|3|5" },
        { "key = value", "(%w+)%s*=%s*(%w+)", 1, "1|11|key|value" },
        { "f(a(b)c)d", "%b()", 1, "2|8" },
        { "f(a(bc", "%b()", 1, "nil" },
        { "THE (quick) fox", "%f[%a]%a+%f[%A]", 1, "1|3" },
        { "the fox", "%f[%w]%w+", 2, "5|7" },
        { "abcabc", "(abc)%1", 1, "1|6|abc" },
        { "abcabd", "(abc)%1", 1, "nil" },
        { "x", "%", 1, "!malformed pattern (ends with '%')" },
        { "x", "[a", 1, "!malformed pattern (missing ']')" },
        { "x", "[", 1, "!malformed pattern (missing ']')" },
        { "x", "[]", 1, "!malformed pattern (missing ']')" },
        { "x]", "[]]", 1, "2|2" },
        { "x", "[^]", 1, "!malformed pattern (missing ']')" },
        { "a-b", "[a-]+", 1, "1|2" },
        { "a-b", "[%a-]+", 1, "1|3" },
        { "x^", "[x^]+", 1, "1|2" },
        { "x", "%b", 1, "!malformed pattern (missing arguments to '%b')" },
        { "x", "%bx", 1, "!malformed pattern (missing arguments to '%b')" },
        { "x", "%f", 1, "!missing '[' after '%f' in pattern" },
        { "x", "%fa", 1, "!missing '[' after '%f' in pattern" },
        { "x", "(", 1, "!unfinished capture" },
        { "x", ")", 1, "nil" },
        { "x", "(x", 1, "!unfinished capture" },
        { "x", "x)", 1, "nil" },
        { "x", "()%1", 1, "nil" },
        { "x", "%1", 1, "!invalid capture index %1" },
        { "x", "(x)%2", 1, "!invalid capture index %2" },
        { "x", "%0", 1, "!invalid capture index %0" },
        { "x", "(%1)", 1, "!invalid capture index %1" },
        { "", "", 1, "1|0" },
        { "", "x*", 1, "1|0" },
        { "", "x-", 1, "1|0" },
        { "", "x?", 1, "1|0" },
        { "", "$", 1, "1|0" },
        { "", "^$", 1, "1|0" },
        { "abc", "b", 3, "nil" },
        { "abc", "", 4, "4|3" },
        { "abc", "", 10, "nil" },
        { "aaa", "a?a?a?aaa", 1, "1|3" },
        { "aXb", "%u", 1, "2|2" },
        { "aXb", "%U+", 1, "1|1" },
        { "a1 2b", "%d%s%d", 1, "2|4" },
        { "\u0001\u0002", "%c+", 1, "1|2" },
        { "..!", "%p+", 1, "1|3" },
        { "ffZ", "%x+", 1, "1|2" },
        { "a b", "%g+", 1, "1|1" },
        { "a.b", "%.", 1, "2|2" },
        { "[x]", "%[(.-)%]", 1, "1|3|x" },
        { "  trim  ", "^%s*(.-)%s*$", 1, "1|8|trim" },
        { "2024-01-02", "(%d+)-(%d+)-(%d+)", 1, "1|10|2024|01|02" },
        { "aaab", "a*b", 1, "1|4" },
        { "aaab", "a-b", 1, "1|4" },
        { "aab", "a?b", 1, "2|3" },
        { "ab", "(a)(b)(c?)", 1, "1|2|a|b|" },
        { "abc", "((a)(b))", 1, "1|2|ab|a|b" },
        { "a\u0000b", "%z", 1, "2|2" },
        { "a\u0000b", "a\u0000b", 1, "1|3" },
        { "^a", "^^a", 1, "1|2" },
        { "a", "[^%s]", 1, "1|1" },
        { "a]", "[%]]", 1, "2|2" },
        { "z", "[a-%z]", 1, "1|1" },
        { "-", "[+--]", 1, "1|1" },
        { "x*", "x*%*", 1, "1|2" },
        { "abc", "[a-c]+", -2, "2|3" },
        { "@A`", "@", 1, "1|1" },
        { "{", "%{", 1, "1|1" },
        { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?", 1, "!pattern too complex" },
        { "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)(x)", 1, "!too many captures" },
        { "x", "(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x(x", 1, "nil" },
        { "ab", "[a-", 1, "!malformed pattern (missing ']')" },
        { "a", "[%", 1, "!malformed pattern (missing ']')" },
        { "a", "[%a", 1, "!malformed pattern (missing ']')" },
        { "a", "%f[a", 1, "!malformed pattern (missing ']')" },
        { "one;two;;four", ";([^;]*)", 1, "4|7|two" },
        { "a.b-c", "[.-]", 1, "2|2" },
        { "0x1F", "^0[xX](%x+)$", 1, "1|4|1F" },
    };

    [Theory, MemberData(nameof(Finds))]
    public void Find_gives_what_lua_gives(string source, string pattern, int init, string expected)
        => Assert.Equal(expected, Find(Encoding.Latin1.GetBytes(source), Encoding.Latin1.GetBytes(pattern), init));

    private static string Find(byte[] source, byte[] pattern, int init)
    {
        int start = init > 0 ? init - 1 : Math.Max(source.Length + init, 0);
        if (start > source.Length) return "nil";
        if (PatternMatcher.IsPlain(pattern))
        {
            int at = PatternMatcher.FindPlain(source, pattern, start);
            return at < 0 ? "nil" : $"{at + 1}|{at + pattern.Length}";
        }
        var matcher = new PatternMatcher(source, Pattern.Compile(pattern), new Capture[CaptureList.Limit], StopSignal.Never);
        if (!matcher.TryFind(start, out int from, out int to))
            return matcher.Error == PatternError.None ? "nil" : "!" + matcher.ErrorMessage;
        var text = new StringBuilder($"{from + 1}|{to}");
        for (int i = 0; i < matcher.CaptureCount; i++)
        {
            if (!matcher.TryGetCapture(i, from, to, out Capture capture)) return "!" + matcher.ErrorMessage;
            text.Append('|').Append(capture.Length == Capture.Position
                ? (capture.Start + 1).ToString()
                : Encoding.Latin1.GetString(source, capture.Start, capture.Length));
        }
        return text.ToString();
    }
}
