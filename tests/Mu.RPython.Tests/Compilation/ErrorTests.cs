using Mu.RPython.Compilation;
using Xunit;

namespace Mu.RPython.Tests.Compilation;

/// <summary>What is no RPython is refused with file, line and the types in conflict; all of it in one run.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData("def entry_point(argv):\n  x = 1\n  if len(argv) > 1:\n    x = 'a'\n  print x\n  return 0", "p.py:3: 'x' would be both char = 'a' and int >= 0 = 1")]
    [InlineData("class A(object): pass\ndef entry_point(argv):\n  a = A()\n  a.x = 1\n  a.x = 'text'\n  return 0", "p.py:5: attribute 'x' of A would be both int >= 0 = 1 (from p.py:4) and str = 'text'")]
    [InlineData("def f(a): return a\ndef entry_point(argv):\n  f(1, 2)\n  return 0", "p.py:3: f() takes 1 arguments, 2 are given")]
    [InlineData("def entry_point(argv):\n  return nothing", "p.py:2: name 'nothing' is not defined")]
    [InlineData("def entry_point(argv):\n  l = [1]\n  l.append('x')\n  return 0", "p.py:3: an item of a list would be both int >= 0 = 1 (from p.py:2) and char = 'x'")]
    [InlineData("x = 1\ndef entry_point(argv):\n  global x\n  x = 2\n  return 0", "p.py:4: global 'x' is assigned in a function: globals of RPython are constants")]
    [InlineData("def entry_point(argv):\n  return 2 ** len(argv)", "p.py:2: ** of ints is not RPython")]
    [InlineData("def entry_point(argv):\n  t = (1, 'a')\n  return t[len(argv)]", "p.py:3: the index of a tuple must be a constant in its range, and is int >= 0")]
    [InlineData("def entry_point(argv):\n  return 0\nx = undefined", "p.py:3: while modules were imported: NameError: name 'undefined' is not defined")]
    [InlineData("def entry_point(argv):\n  return 0\n\nx = setattr(entry_point, 3, 4)", "p.py:4: while modules were imported: TypeError: not possible while modules are imported: Unable to cast object of type 'System.Int64' to type 'System.String'.")]
    [InlineData("x = 1", "p.py:1: the program has neither target(driver, args) nor entry_point(argv)")]
    public void Message_names_place_and_types(string source, string expected) => Assert.Equal([expected], Compile(source));

    [Fact]
    public void All_errors_are_reported_in_one_run() =>
        Assert.Equal(2, Compile("def f(x): return x + 'a'\ndef g(x): return x.nothing\ndef entry_point(argv):\n  if len(argv) > 3: f(1)\n  else: g(2)\n  return 0").Length);

    [Fact]
    public void What_comes_after_an_error_is_looked_at_too() =>
        Assert.Equal(
            [
                "p.py:2: an item of a list would be both char = 'a' (from p.py:5) and int >= 0 = 1",
                "p.py:7: Add of char = 'b' and int >= 0 = 1",
                "p.py:8: str = 'abc' has no method 'foo' in RPython",
            ],
            Compile("def f(l):\n  l.append(1)\n  return l\ndef entry_point(argv):\n  l = ['a']\n  f(l)\n  x = 'b' + 1\n  'abc'.foo()\n  return x"));

    [Fact]
    public void Names_and_statements_that_are_wrong_do_not_hide_what_comes_after_them() =>
        Assert.Equal(
            [
                "p.py:5: name 'nothing' is not defined",
                "p.py:6: global 'x' is assigned in a function: globals of RPython are constants",
                "p.py:7: print >>file is not RPython",
                "p.py:8: Add of char = 'a' and int >= 0 = 1",
                "p.py:10: slices with a step are not RPython",
            ],
            Compile("import sys\nx = 1\ndef entry_point(argv):\n  global x\n  if nothing > 1: return 1\n  x = 2\n  print >>sys.stderr, x\n  y = 'a' + 1\n  def f(n): return n\n  z = argv[::2]\n  return f(y)"));

    [Fact]
    public void What_is_not_reached_may_be_wrong() =>
        Assert.Equal("p.py:5: name 'other' is not defined", Assert.Single(Compile("FLAG = False\ndef entry_point(argv):\n  if FLAG:\n    nothing()\n  other()\n  return 0")));

    [Theory]
    [InlineData("def entry_point(argv:\n  return 0", "p.py:1: invalid syntax near ':' (column 21)")]
    public void Syntax_errors_name_the_line_once(string source, string expected) => Assert.Equal([expected], Compile(source));

    [Fact]
    public void What_is_wrong_in_the_library_is_named_at_the_call_of_it() =>
        Assert.Equal(
            "p.py:2: Equal of int >= 0 = 1 and char = 'x'",
            Assert.Single(Compile("def entry_point(argv):\n  return [1].index('x')")).Split(" (in <library>")[0]);

    private static string[] Compile(string source)
    {
        string folder = Directory.CreateTempSubdirectory("murpy").FullName;
        try
        {
            string file = Path.Combine(folder, "p.py");
            File.WriteAllText(file, source + "\n");
            var compiler = new ProgramCompiler(file, []);
            Assert.Null(compiler.Compile());
            return [.. compiler.Errors.Select(e => e.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
