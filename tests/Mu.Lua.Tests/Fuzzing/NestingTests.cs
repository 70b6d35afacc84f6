using System.Text;
using Xunit;

namespace Mu.Lua.Tests.Fuzzing;

/// <summary>Source of any depth and length is compiled or refused with a message: no parser and no pass overflows its stack.</summary>
public sealed class NestingTests
{
    private const int Count = 30_000;

    /// <summary>What comes before, what is repeated, what stands in the middle, what is repeated behind, and a part of the message; null where the chunk is fine.</summary>
    public static TheoryData<string, string, string, string, string?> Shapes { get; } = new()
    {
        { "return ", "(", "1", ")", "C stack overflow" },
        { "return ", "{", "", "}", "C stack overflow" },
        { "return ", "function() return ", "1", " end", "C stack overflow" },
        { "local f = print return ", "f(", "1", ")", "C stack overflow" },
        { "local t = {} return ", "t[", "1", "]", "C stack overflow" },
        { "return ", "- ", "1", "", "C stack overflow" },
        { "return ", "not ", "1", "", "C stack overflow" },
        { "return ", "-(not {#(", "1", ")})", "C stack overflow" },
        { "local s = 1 return ", "s .. ", "s", "", "C stack overflow" },
        { "local s = 1 return ", "s ^ ", "s", "", "C stack overflow" },
        { "local s = 1 return ", "s + ", "s", "", "too many registers" },
        { "local s = 1 return ", "s and ", "s", "", "too many registers" },
        { "local t = {} return t", "", "", ".t", "too many registers" },
        { "local t = {} return t", "", "", ":t()", "too many registers" },
        { "print", "", "", "{}", "too many registers" },
        { "function t.", "t.", "t() end", "", "too many registers" },
        { "", "do ", "", "end ", "C stack overflow" },
        { "", "while true do ", "", "end ", "C stack overflow" },
        { "", "repeat ", "", "until true ", "C stack overflow" },
        { "", "if true then ", "", "end ", "C stack overflow" },
        { "", "if true then else ", "", "end ", "C stack overflow" },
        { "", "for i = 1, 2 do ", "", "end ", "too many local variables" },
        { "", "for i in next do ", "", "end ", "too many local variables" },
        { "local function f(a", "", "", ", a", "too many local variables" },
        { "local a", "", "", ", a", "too many local variables" },
        { "a", "", "", ", a", "C stack overflow" },
        { "local a ", "", "", "local a ", "too many local variables" },
        { "", ";", "return 1", "", null },
        { "-- ", "x", "\nreturn 1", "", null },
        { "return [", "=", "[x]", "=", "unfinished long string" },
        { "return '", "x", "'", "", null },
        { "return ", "1", "", "", null },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Any_depth_is_compiled_or_refused(string start, string opening, string middle, string closing, string? message)
    {
        var source = new StringBuilder(start).Insert(start.Length, opening, Count).Append(middle);
        source.Insert(source.Length, closing, Count);
        using var lua = new LuaState();
        if (message == null) lua.Load(source.ToString(), "=t").Call();
        else Assert.Contains(message, Assert.Throws<LuaCompileException>(() => lua.Load(source.ToString(), "=t")).Message, StringComparison.Ordinal);
    }
}
