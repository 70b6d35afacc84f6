// Expected values come from the reference implementation, Lua 5.4.
using System.Text;
using Mu.Lua.Text;
using Mu.Lua.Text.Patterns;
using Xunit;

namespace Mu.Lua.Tests.Text;

public sealed class ReplacementTests
{
    public static TheoryData<string, string, string, string> Substitutions => new()
    {
        { "hello world", "(o)", "<%1>", "hell<o> w<o>rld" },
        { "abc", "%w", "%0%0", "aabbcc" },
        { "abc", "b", "%%", "a%c" },
        { "abc", "b", "%", "!invalid use of '%' in replacement string" },
        { "abc", "b", "%x", "!invalid use of '%' in replacement string" },
        { "abc", "b", "%2", "!invalid capture index %2" },
        { "abc", "()b", "%1", "a2c" },
        { "abc", "b", "%1", "abc" },
        { "k=v", "(%w)=(%w)", "%2=%1", "v=k" },
        { "abc", "", "-", "-a-b-c-" },
        { "a b", "^a", "z", "z b" },
    };

    [Theory, MemberData(nameof(Substitutions))]
    public void Gsub_with_a_string_gives_what_lua_gives(string source, string pattern, string replacement, string expected)
        => Assert.Equal(expected, Substitute(Encoding.ASCII.GetBytes(source), Encoding.ASCII.GetBytes(pattern), Encoding.ASCII.GetBytes(replacement)));

    private static string Substitute(byte[] source, byte[] pattern, byte[] replacement)
    {
        var matcher = new PatternMatcher(source, Pattern.Compile(pattern), new Capture[CaptureList.Limit], StopSignal.Never);
        var to = new ByteBuffer();
        int at = 0, lastEnd = -1;
        while (true)
        {
            int end = matcher.MatchAt(at);
            if (matcher.Error != PatternError.None) return "!" + matcher.ErrorMessage;
            if (end >= 0 && end != lastEnd)
            {
                if (!Replacement.TryExpand(ref matcher, replacement, at, end, to, out PatternError error, out int index))
                    return "!" + PatternErrorText.Of(error, index);
                at = lastEnd = end;
            }
            else if (at < source.Length) to.Append(source[at++]);
            else break;
            if (matcher.IsAnchored) break;
        }
        to.Append(source.AsSpan(at));
        return Encoding.ASCII.GetString(to.Written);
    }
}
