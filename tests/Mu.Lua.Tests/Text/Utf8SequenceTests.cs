// Expected values come from the reference implementation, Lua 5.4.
using Mu.Lua.Text.Utf8;
using Xunit;

namespace Mu.Lua.Tests.Text;

public sealed class Utf8SequenceTests
{
    public static TheoryData<uint, string, bool> Codes => new()
    {
        { 0x0, "00", true },
        { 0x7f, "7f", true },
        { 0x80, "c280", true },
        { 0x7ff, "dfbf", true },
        { 0x800, "e0a080", true },
        { 0xd7ff, "ed9fbf", true },
        { 0xd800, "eda080", false },
        { 0xffff, "efbfbf", true },
        { 0x10000, "f0908080", true },
        { 0x10ffff, "f48fbfbf", true },
        { 0x110000, "f4908080", false },
        { 0x1fffff, "f7bfbfbf", false },
        { 0x200000, "f888808080", false },
        { 0x3ffffff, "fbbfbfbfbf", false },
        { 0x4000000, "fc8480808080", false },
        { 0x7fffffff, "fdbfbfbfbfbf", false },
    };

    public static TheoryData<string, int, int> Lengths => new()
    {
        { "80", -1, 0 },
        { "c080", -1, 0 },
        { "c1bf", -1, 0 },
        { "c2", -1, 0 },
        { "e08080", -1, 0 },
        { "e0a0", -1, 0 },
        { "ff", -1, 0 },
        { "fe808080808080", -1, 0 },
        { "f880808080", -1, 0 },
        { "61ff62", -1, 1 },
        { "c3a9c3", -1, 2 },
        { "c3a978", 2, -1 },
    };

    [Theory, MemberData(nameof(Codes))]
    public void A_code_is_encoded_and_read_back(uint code, string hex, bool isStrict)
    {
        Span<byte> to = stackalloc byte[Utf8Sequence.MaxLength];
        int length = Utf8Sequence.Encode(code, to);
        Assert.Equal(hex, Convert.ToHexStringLower(to[..length]));
        Assert.Equal(length, Utf8Sequence.Decode(to[..length], strict: false, out uint back));
        Assert.Equal(code, back);
        Assert.Equal(isStrict ? length : 0, Utf8Sequence.Decode(to[..length], strict: true, out _));
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Len_names_the_first_bad_byte(string hex, int count, int invalidAt)
    {
        byte[] text = Convert.FromHexString(hex);
        Assert.Equal(count, Utf8Sequence.Count(text, 0, text.Length - 1, strict: true, out int at));
        Assert.Equal(invalidAt, at);
    }
}
