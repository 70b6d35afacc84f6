// Expected values come from the reference implementation, Lua 5.4.
using System.Text;
using Mu.Lua.Text.Strings;
using Xunit;

namespace Mu.Lua.Tests.Text;

public sealed class StringRangeTests
{
    public static TheoryData<long, long, string> Subs => new()
    {
        { 0, 0, "" },
        { 0, 1, "h" },
        { 0, 4, "hell" },
        { 0, 5, "hello" },
        { 0, 9, "hello" },
        { 0, -1, "hello" },
        { 0, -4, "he" },
        { 0, -9, "" },
        { 0, long.MinValue, "" },
        { 1, 0, "" },
        { 1, 1, "h" },
        { 1, 4, "hell" },
        { 1, 5, "hello" },
        { 1, 9, "hello" },
        { 1, -1, "hello" },
        { 1, -4, "he" },
        { 1, -9, "" },
        { 1, long.MinValue, "" },
        { 2, 0, "" },
        { 2, 1, "" },
        { 2, 4, "ell" },
        { 2, 5, "ello" },
        { 2, 9, "ello" },
        { 2, -1, "ello" },
        { 2, -4, "e" },
        { 2, -9, "" },
        { 2, long.MinValue, "" },
        { 5, 0, "" },
        { 5, 1, "" },
        { 5, 4, "" },
        { 5, 5, "o" },
        { 5, 9, "o" },
        { 5, -1, "o" },
        { 5, -4, "" },
        { 5, -9, "" },
        { 5, long.MinValue, "" },
        { 6, 0, "" },
        { 6, 1, "" },
        { 6, 4, "" },
        { 6, 5, "" },
        { 6, 9, "" },
        { 6, -1, "" },
        { 6, -4, "" },
        { 6, -9, "" },
        { 6, long.MinValue, "" },
        { -1, 0, "" },
        { -1, 1, "" },
        { -1, 4, "" },
        { -1, 5, "o" },
        { -1, 9, "o" },
        { -1, -1, "o" },
        { -1, -4, "" },
        { -1, -9, "" },
        { -1, long.MinValue, "" },
        { -5, 0, "" },
        { -5, 1, "h" },
        { -5, 4, "hell" },
        { -5, 5, "hello" },
        { -5, 9, "hello" },
        { -5, -1, "hello" },
        { -5, -4, "he" },
        { -5, -9, "" },
        { -5, long.MinValue, "" },
        { -6, 0, "" },
        { -6, 1, "h" },
        { -6, 4, "hell" },
        { -6, 5, "hello" },
        { -6, 9, "hello" },
        { -6, -1, "hello" },
        { -6, -4, "he" },
        { -6, -9, "" },
        { -6, long.MinValue, "" },
        { long.MinValue, 0, "" },
        { long.MinValue, 1, "h" },
        { long.MinValue, 4, "hell" },
        { long.MinValue, 5, "hello" },
        { long.MinValue, 9, "hello" },
        { long.MinValue, -1, "hello" },
        { long.MinValue, -4, "he" },
        { long.MinValue, -9, "" },
        { long.MinValue, long.MinValue, "" },
        { 9223372036854775807, 0, "" },
        { 9223372036854775807, 1, "" },
        { 9223372036854775807, 4, "" },
        { 9223372036854775807, 5, "" },
        { 9223372036854775807, 9, "" },
        { 9223372036854775807, -1, "" },
        { 9223372036854775807, -4, "" },
        { 9223372036854775807, -9, "" },
        { 9223372036854775807, long.MinValue, "" },
    };

    [Theory, MemberData(nameof(Subs))]
    public void Sub_clips_positions(long from, long to, string expected)
        => Assert.Equal(expected, Encoding.ASCII.GetString(StringRange.Sub("hello"u8, from, to)));

    [Fact]
    public void Hash_depends_on_every_byte_and_on_the_seed()
    {
        byte[] text = new byte[100];
        var seen = new HashSet<ulong> { StringHash.Of(text, 1), StringHash.Of(text, 2) };
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = 1;
            Assert.True(seen.Add(StringHash.Of(text, 1)));
            text[i] = 0;
        }
    }
}
