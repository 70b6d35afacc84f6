// Expected values come from the reference implementation, Lua 5.4.
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mu.Lua.Text;
using Mu.Lua.Text.Packing;
using Xunit;

namespace Mu.Lua.Tests.Text.Packing;

/// <summary>An expected error is "!", the number of the argument and a colon where it is about one, and the message.</summary>
public sealed class PackingTests
{
    public static TheoryData<string, string> Sizes => new()
    {
        { "", "0" },
        { "b", "1" },
        { "i", "4" },
        { "i3", "3" },
        { "!4 b i4", "8" },
        { "!8 b d", "16" },
        { "!2 b d", "10" },
        { "b Xi4", "1" },
        { "!4 b Xi4", "4" },
        { "!8 b Xd", "8" },
        { "c5 x", "6" },
        { "<>= ", "0" },
        { "fdnjJTlLhHiI", "72" },
        { "i17", "!integral size (17) out of limits [1,16]" },
        { "i0", "!integral size (0) out of limits [1,16]" },
        { "!17", "!integral size (17) out of limits [1,16]" },
        { "!3 i4", "!1: format asks for alignment not power of 2" },
        { "!i3", "!1: format asks for alignment not power of 2" },
        { "c", "!missing size for format option 'c'" },
        { "X", "!1: invalid next option for option 'X'" },
        { "Xc1", "!1: invalid next option for option 'X'" },
        { "Xz", "!1: invalid next option for option 'X'" },
        { "X<", "!1: invalid next option for option 'X'" },
        { "y", "!invalid format option 'y'" },
        { "s", "!1: variable-length format" },
        { "z", "!1: variable-length format" },
        { "c2147483648", "!invalid format option '8'" },
        { "i99999999999", "!integral size (999999999) out of limits [1,16]" },
        { "c214748364c214748364c214748364c214748364c214748364c214748364c214748364c214748364c214748364c214748364c214748364", "!1: format result too large" },
        { "b\u0000y", "1" },
    };

    public static TheoryData<string, object, string> Packed => new()
    {
        { "b", -128L, "80" },
        { "b", 127L, "7f" },
        { "b", 128L, "!2: integer overflow" },
        { "B", 255L, "ff" },
        { "B", 256L, "!2: unsigned overflow" },
        { "B", -1L, "!2: unsigned overflow" },
        { "<i3", -2L, "feffff" },
        { ">i3", -2L, "fffffe" },
        { "i3", 8388608L, "!2: integer overflow" },
        { "I3", 16777216L, "!2: unsigned overflow" },
        { ">h", 258L, "0102" },
        { "j", long.MinValue, "0000000000000080" },
        { ">J", -1L, "ffffffffffffffff" },
        { "i9", -2L, "feffffffffffffffff" },
        { ">i9", -2L, "fffffffffffffffffe" },
        { "I9", -2L, "feffffffffffffff00" },
        { "i16", 1L, "01000000000000000000000000000000" },
        { "!4 x i4", 1L, "0000000001000000" },
        { "!4 x i2", 1L, "00000100" },
        { "!2 x i8", 1L, "00000100000000000000" },
        { "f", 1.5, "0000c03f" },
        { ">d", -0.10000000000000001, "bfb999999999999a" },
        { "n", 1.0000000000000001e300, "9c7500883ce4377e" },
        { "f", 1.0000000000000001e300, "0000807f" },
        { "c4", "ab", "61620000" },
        { "c0", "", "" },
        { "c1", "ab", "!2: string longer than given size" },
        { "z", "abc", "61626300" },
        { "z", "a\u0000b", "!2: string contains zeros" },
        { "s", "ab", "02000000000000006162" },
        { ">s2", "ab", "00026162" },
        { "s1", new string('x', 256), "!2: string length does not fit in given size" },
        { "!4 x s4", "ab", "00000000020000006162" },
        { "!8 b Xd", 1L, "0100000000000000" },
        { "!3 i4", 1L, "!1: format asks for alignment not power of 2" },
        { "X", 1L, "!1: invalid next option for option 'X'" },
        { "y", 1L, "!invalid format option 'y'" },
    };

    public static TheoryData<string, string, int, string> Unpacked => new()
    {
        { "b", "ff", 1, "-1|2" },
        { "B", "ff", 1, "255|2" },
        { "<i3", "feffff", 1, "-2|4" },
        { ">I3", "010203", 1, "66051|4" },
        { "i4", "616263", 1, "!2: data string too short" },
        { "z", "61620063", 1, "ab|4" },
        { "z", "616263", 1, "!2: unfinished string for format 'z'" },
        { "s1", "02616263", 1, "ab|4" },
        { "s1", "05616263", 1, "!2: data string too short" },
        { "s8", "ffffffffffffffff", 1, "!2: data string too short" },
        { "i9", "ffffffffffffffffff", 1, "-1|10" },
        { "I9", "ffffffffffffffffff", 1, "!9-byte integer does not fit into Lua Integer" },
        { "i9", "ffffffffffffffff00", 1, "!9-byte integer does not fit into Lua Integer" },
        { ">I9", "00ffffffffffffffff", 1, "-1|10" },
        { "b b", "6162", 1, "97|98|3" },
        { "b", "616263", -1, "99|4" },
        { "b", "616263", 3, "99|4" },
        { "b", "616263", 4, "!2: data string too short" },
        { "b", "616263", 5, "!3: initial position out of string" },
        { "b", "616263", -9, "97|2" },
        { "!4 i4", "6162636465666768", 2, "1751606885|9" },
        { "!4 i4", "6162636465", 2, "!2: data string too short" },
        { "f", "0000c03f", 1, "1.5|5" },
        { ">d", "3ff0000000000000", 1, "1|9" },
        { "c2 x c1", "61626364", 1, "ab|d|5" },
        { "c4", "616263", 1, "!2: data string too short" },
        { "!8 b Xd", "616263", 1, "!2: data string too short" },
        { "", "616263", 1, "1" },
        { "i17", "61", 1, "!integral size (17) out of limits [1,16]" },
        { "X", "61", 1, "!1: invalid next option for option 'X'" },
        { "bby", "61", 1, "!2: data string too short" },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void A_format_has_the_size_of_the_reference(string format, string expected)
    {
        long size = Packer.Size(Encoding.Latin1.GetBytes(format), out PackProblem problem, out string message);
        Assert.Equal(expected, size >= 0 ? size.ToString(CultureInfo.InvariantCulture) : Error(problem, message));
    }

    [Theory, MemberData(nameof(Packed))]
    public void A_value_is_packed_as_by_the_reference(string format, object value, string expected)
        => Assert.Equal(expected, Pack(format, value, new ByteBuffer()));

    [Theory, MemberData(nameof(Unpacked))]
    public void Data_are_unpacked_as_by_the_reference(string format, string hex, int position, string expected)
    {
        var unpacker = new Unpacker(Encoding.Latin1.GetBytes(format), Convert.FromHexString(hex), position);
        var values = new List<string>();
        while (unpacker.MoveNext())
            values.Add(unpacker.Kind switch
            {
                PackKind.Signed or PackKind.Unsigned => unpacker.Integer.ToString(CultureInfo.InvariantCulture),
                PackKind.Float or PackKind.Double => unpacker.Real.ToString("R", CultureInfo.InvariantCulture),
                _ => Encoding.Latin1.GetString(unpacker.Text),
            });
        values.Add(unpacker.Position.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(expected, unpacker.Problem == PackProblem.None ? string.Join('|', values) : Error(unpacker.Problem, unpacker.ProblemText));
    }

    [Fact]
    public void Integers_come_back_from_every_size_that_holds_them()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<long, byte, bool>((value, bytes, isLittle) =>
        {
            int size = bytes % PackItem.MaxIntegerSize + 1;
            if (size < sizeof(long)) value = value << (64 - 8 * size) >> (64 - 8 * size);
            string format = $"{(isLittle ? '<' : '>')}i{size}";
            var to = new ByteBuffer();
            Pack(format, value, to);
            var unpacker = new Unpacker(Encoding.Latin1.GetBytes(format), to.Written, 1);
            return to.Length == size && unpacker.MoveNext() && unpacker.Integer == value && !unpacker.MoveNext() && unpacker.Position == size + 1;
        }));

    private static string Pack(string format, object value, ByteBuffer to)
    {
        var reader = new PackReader(Encoding.Latin1.GetBytes(format));
        while (reader.MoveNext(to.Length))
        {
            PackItem item = reader.Current;
            Packer.Begin(item, to);
            PackProblem problem = item.TakesValue ? Write(item, value, to) : PackProblem.None;
            if (problem != PackProblem.None) return Error(problem, PackProblemText.Of(problem, 0));
        }
        return reader.Problem == PackProblem.None ? Convert.ToHexStringLower(to.Written) : Error(reader.Problem, reader.ProblemText);
    }

    private static PackProblem Write(PackItem item, object value, ByteBuffer to)
    {
        switch (value)
        {
            case long integer: return Packer.WriteInteger(item, integer, to);
            case string text: return Packer.WriteString(item, Encoding.Latin1.GetBytes(text), to);
            default:
                Packer.WriteReal(item, (double)value, to);
                return PackProblem.None;
        }
    }

    private static string Error(PackProblem problem, string message) => PackProblemText.Subject(problem) switch
    {
        PackSubject.None => "!" + message,
        PackSubject.Format => "!1: " + message,
        PackSubject.Position => "!3: " + message,
        _ => "!2: " + message,
    };
}
