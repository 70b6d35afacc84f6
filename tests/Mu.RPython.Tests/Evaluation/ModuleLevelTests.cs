using System.Text;
using Mu.RPython.Evaluation;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;
using Xunit;

namespace Mu.RPython.Tests.Evaluation;

/// <summary>Module-level code at compile time does what CPython 2 does.</summary>
public sealed class ModuleLevelTests
{
    [Theory]
    [InlineData("x = [i * i for i in range(5) if i % 2]", "[1, 9]")]
    [InlineData("def f(a, b=2, *c, **d): return (a, b, c, d)\nx = f(1, 3, 4, k=5)", "(1, 3, (4,), {'k': 5})")]
    [InlineData("def make(n):\n  def add(m): return n + m\n  return add\nx = make(3)(4)", "7")]
    [InlineData("class A(object):\n  k = 1\n  def __init__(self, v): self.v = v\n  def get(self): return self.v + self.k\nclass B(A):\n  k = 10\nx = B(5).get()", "15")]
    [InlineData("class M: pass\nclass A(M):\n  @staticmethod\n  def s(a): return a\n  @classmethod\n  def c(cls): return cls.__name__\nx = (A.s(1), A.c())", "(1, 'A')")]
    [InlineData("try:\n  {}['k']\nexcept KeyError, e:\n  x = repr(e.args)\n", "\"('k',)\"")]
    [InlineData("def f():\n  try:\n    return 1\n  finally:\n    log.append('f')\nlog = []\nx = (f(), log)", "(1, ['f'])")]
    [InlineData("def g():\n  for i in range(3): yield i\nx = list(g())", "[0, 1, 2]")]
    [InlineData("x = '%s-%05d|%-4s|%x' % ('a', 42, 'b', 255)", "'a-00042|b   |ff'")]
    [InlineData("x = (-7 // 2, -7 % 3, 7 / 2, 2 ** 70)", "(-4, 2, 3, 1180591620717411303424)")]
    [InlineData("d = {}\nfor i in 'hello': d[i] = d.get(i, 0) + 1\nx = sorted(d.items())", "[('e', 1), ('h', 1), ('l', 2), ('o', 1)]")]
    [InlineData("x = map(lambda (a, b): a + b, [(1, 2), (3, 4)])", "[3, 7]")]
    [InlineData("exec 'y = 3'\nx = y", "3")]
    [InlineData("x = [(a, b) for a in 'xy' for b in range(2)]", "[('x', 0), ('x', 1), ('y', 0), ('y', 1)]")]
    [InlineData("import os\nx = os.path.join('a', 'b/', 'c'), os.path.join('a', '/b'), os.path.join('', 'c')", "('a/b/c', '/b', 'c')")]
    [InlineData("import itertools\nx = list(itertools.combinations('abc', 2)), [len(list(g)) for k, g in itertools.groupby('aab')]", "([('a', 'b'), ('a', 'c'), ('b', 'c')], [2, 1])")]
    [InlineData("i = iter('ab')\nx = [i.next(), next(i), next(i, None), iter(i) is i]", "['a', 'b', None, True]")]
    [InlineData("from rpython.rlib.cache import Cache\nclass C(Cache):\n  def _build(self, key): return key * 2\nc = C()\nx = c.getorbuild(3), c.getorbuild(3), c.content", "(6, 6, {3: 6})")]
    [InlineData("import functools, operator\nx = functools.partial(max, 3)(5), operator.itemgetter(1, 0)('ab'), sorted('bca', key=functools.cmp_to_key(lambda a, b: cmp(b, a)))", "(5, ('b', 'a'), ['c', 'b', 'a'])")]
    [InlineData("import struct\nx = struct.unpack('>2sHd', struct.pack('>2sHd', 'ab', 258, -1.5)), struct.pack('<H', 258)", "(('ab', 258, -1.5), '\\x02\\x01')")]
    [InlineData("x = 'abcdef'[1:-1:2], [1, 2, 3][::-1]", "('bd', [3, 2, 1])")]
    public void Result_is_that_of_CPython(string text, string expected)
    {
        var evaluator = new Evaluator(new ModuleLoader("."));
        var module = new PyModule("test", "test.py");
        evaluator.Run(PythonFrontEnd.Parse(Encoding.Latin1.GetBytes(text + "\n"), "test.py"), module);
        Assert.Equal(expected, HostText.Repr(module.Names["x"]));
    }
}
