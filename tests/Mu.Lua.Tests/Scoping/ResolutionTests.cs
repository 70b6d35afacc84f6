using System.Text;
using Mu.Lua.Syntax;
using Xunit;

namespace Mu.Lua.Tests.Scoping;

public sealed class ResolutionTests
{
    private static FunctionNode Parse(string chunk) => LuaFrontEnd.Parse(Encoding.Latin1.GetBytes(chunk), "=input");

    [Fact]
    public void Captured_local_is_an_upvalue_of_every_function_between()
    {
        var main = Parse("local x = 1\nreturn function() return function() return x end end");
        var outer = Assert.Single(main.Children);
        var inner = Assert.Single(outer.Children);
        Assert.Same(main.Locals[0], outer.Upvalues[0].ParentLocal);
        Assert.Same(outer.Upvalues[0], inner.Upvalues[0].ParentUpvalue);
        Assert.True(main.Locals[0].IsCaptured);
        Assert.False(main.Locals[0].NeedsCell);
    }

    [Fact]
    public void Reassigned_captured_local_needs_a_cell() =>
        Assert.True(Parse("local x = 1; function f() x = x + 1 end").Locals[0].NeedsCell);

    [Fact]
    public void Free_names_are_fields_of_the_nearest_ENV()
    {
        var main = Parse("local _ENV = {}; return x");
        var value = Assert.IsType<GlobalExpression>(((ReturnStatement)main.Body.Statements[1]).Values[0]);
        Assert.Same(main.Locals[0], Assert.IsType<LocalExpression>(value.Environment).Variable);
    }

    [Fact]
    public void Operators_bind_by_precedence()
    {
        var sum = (BinaryExpression)((ReturnStatement)Parse("return -a^2 + b * c").Body.Statements[0]).Values[0];
        Assert.Equal(BinaryOperator.Add, sum.Operator);
        Assert.Equal(BinaryOperator.Power, ((BinaryExpression)((UnaryExpression)sum.Left).Operand).Operator);
    }

    [Theory]
    [InlineData("9223372036854775808", 9223372036854775808.0)]
    [InlineData("0x.8p1", 1.0)]
    [InlineData("0xA.8", 10.5)]
    [InlineData("1e2", 100.0)]
    public void Floats_are_read(string text, double value) =>
        Assert.Equal(value, ((FloatExpression)((ReturnStatement)Parse("return " + text).Body.Statements[0]).Values[0]).Value);

    [Theory]
    [InlineData("0xffffffffffffffffff", -1)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Integers_are_read(string text, long value) =>
        Assert.Equal(value, ((IntegerExpression)((ReturnStatement)Parse("return " + text).Body.Statements[0]).Values[0]).Value);

    [Theory]
    [InlineData("'\\u{7FFFFFFF}\\65\\x41\\z  \n b'", "\xFD\xBF\xBF\xBF\xBF\xBF" + "AAb")]
    [InlineData("[==[\n]]\r\n\xFF]==]", "]]\n\xFF")]
    public void Strings_are_bytes(string text, string value) =>
        Assert.Equal(Encoding.Latin1.GetBytes(value), ((StringExpression)((ReturnStatement)Parse("return " + text).Body.Statements[0]).Values[0]).Value);
}
