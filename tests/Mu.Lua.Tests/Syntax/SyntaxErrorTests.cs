using System.Text;
using System.Text.Json;
using Mu.Lua.Syntax;
using Xunit;

namespace Mu.Lua.Tests.Syntax;

/// <summary>Messages frozen from PUC Lua 5.4 (<c>load(chunk, "=input")</c>); characters stand for bytes.</summary>
public sealed class SyntaxErrorTests
{
    public static TheoryData<string, string> Table()
    {
        using var stream = typeof(SyntaxErrorTests).Assembly.GetManifestResourceStream("errors.json")!;
        var data = new TheoryData<string, string>();
        foreach (var row in JsonSerializer.Deserialize<string[][]>(stream)!)
            data.Add(row[0], row[1]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Message_is_that_of_PUC(string chunk, string message)
    {
        var error = Assert.Throws<LuaSyntaxException>(() => LuaFrontEnd.Parse(Encoding.Latin1.GetBytes(chunk), "=input"));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("do ")]
    [InlineData("x={")]
    [InlineData("function f() ")]
    [InlineData("return -")]
    [InlineData("if x then ")]
    public void Deep_nesting_is_an_error(string unit)
    {
        var chunk = unit == "return -" ? "return " + string.Concat(Enumerable.Repeat("- ", 100_000)) + "1" : string.Concat(Enumerable.Repeat(unit, 100_000));
        Assert.Throws<LuaSyntaxException>(() => LuaFrontEnd.Parse(Encoding.Latin1.GetBytes(chunk), "=input"));
    }

    [Fact]
    public void Mutated_programs_parse_or_are_rejected()
    {
        var random = new System.Random(54);
        const string seed = "local a <const>, b = 1, 'x\\n'; function t.f:g(...) for i = 1, #a do goto c ::c:: end return {1, [2]=3, x=-4^2 .. [[y]]} end\n"
            + "if a == 0x1p4 then repeat local z until z elseif b ~= nil then f'x' (g){y} else while not a do break end end -- c\n";
        var accepted = 0;
        for (var round = 0; round < 3000; round++)
        {
            var bytes = Encoding.Latin1.GetBytes(seed).ToList();
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                var at = random.Next(bytes.Count);
                if (random.Next(2) == 0)
                    bytes.RemoveAt(at);
                else
                    bytes[at] = (byte)random.Next(256);
            }
            try
            {
                LuaFrontEnd.Parse(bytes.ToArray(), "=fuzz");
                accepted++;
            }
            catch (LuaSyntaxException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
        Assert.InRange(accepted, 1, 2999);
    }
}
