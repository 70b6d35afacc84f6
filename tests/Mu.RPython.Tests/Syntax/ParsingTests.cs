using System.Text;
using Mu.RPython.Syntax;
using Xunit;

namespace Mu.RPython.Tests.Syntax;

public sealed class ParsingTests
{
    private static ModuleNode Parse(string text) => PythonFrontEnd.Parse(Encoding.Latin1.GetBytes(text), "test.py");

    [Fact]
    public void Blocks_follow_indentation_with_tabs_comments_and_blank_lines()
    {
        var module = Parse("if a:\n\tb\n        c\n  # odd comment\n\n\td\ne\n");
        var branch = Assert.IsType<IfStatement>(module.Body[0]);
        Assert.Equal(3, branch.Then.Length);
        Assert.Equal(2, module.Body.Length);
    }

    [Fact]
    public void Lines_are_joined_in_brackets_and_by_backslashes()
    {
        var module = Parse("a = [1,\n  2,\n3]\nb = 1 + \\\n  2\n");
        Assert.Equal(2, module.Body.Length);
    }

    [Theory]
    [InlineData("1 + 2 * 3", "Add(1, Multiply(2, 3))")]
    [InlineData("-a ** 2", "Negate(Power(a, 2))")]
    [InlineData("a - b - c", "Subtract(Subtract(a, b), c)")]
    [InlineData("a & b | c ^ d << e", "Or(And(a, b), Xor(c, ShiftLeft(d, e)))")]
    [InlineData("2 ** -1", "Power(2, -1)")]
    public void Operators_bind_as_in_Python(string text, string expected) =>
        Assert.Equal(expected, Show(((ExpressionStatement)Parse(text + "\n").Body[0]).Value));

    [Theory]
    [InlineData("0x1F", 31L)]
    [InlineData("017", 15L)]
    [InlineData("0b101", 5L)]
    [InlineData("7L", 7L)]
    [InlineData("'a\\x41\\n'", "aA\n")]
    [InlineData("r'\\n'", "\\n")]
    [InlineData("'''a\nb''' \"c\"", "a\nbc")]
    public void Literals_have_their_values(string text, object expected) =>
        Assert.Equal(expected, ((LiteralExpression)((ExpressionStatement)Parse(text + "\n").Body[0]).Value).Value);

    [Theory]
    [InlineData("def f(:\n  pass\n", 1)]
    [InlineData("x = 1\nif x:\ny = 2\n", 3)]
    [InlineData("if x:\n    y\n  z\n", 3)]
    [InlineData("a = $\n", 1)]
    [InlineData("1 = a\n", 1)]
    public void Errors_name_the_line(string text, int line) => Assert.Equal(line, Assert.Throws<PythonSyntaxException>(() => Parse(text)).Line);

    private static string Show(Expression e) => e switch
    {
        BinaryExpression b => $"{b.Operator}({Show(b.Left)}, {Show(b.Right)})",
        UnaryExpression u => $"{u.Operator}({Show(u.Operand)})",
        NameExpression n => n.Name,
        LiteralExpression l => l.Value.ToString()!,
        _ => throw new InvalidOperationException(e.GetType().Name),
    };
}
