using System.Globalization;
using Mu.Core.Tests.Interpreter;
using Mu.Core.Text;
using Xunit;

namespace Mu.Core.Tests.Differential;

/// <summary>
/// Random programs behave the same on the interpreter and as compiled code, with and without collector stress. MU_FUZZ_PROGRAMS is the number of programs (default 300),
/// MU_FUZZ_SEED the first seed.
/// </summary>
public sealed class DifferentialTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void Both_engines_run_random_programs_alike(bool stress)
    {
        int count = Setting("MU_FUZZ_PROGRAMS", 300), first = Setting("MU_FUZZ_SEED", 1);
        for (int seed = first; seed < first + count; seed++)
        {
            var genes = Genes.Random(seed);
            if (Differs(genes, stress) is null) continue;
            Genes least = Shrink(genes, stress);
            Assert.Fail($"seed {seed}, stress {stress}: the engines differ: {Differs(least, stress)}\n{Show(least)}");
        }
    }

    internal static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>The first difference, or null.</summary>
    private static string? Differs(Genes genes, bool stress)
    {
        string expected = Observation.Of(genes, TestedEngine.Interpreter, stress), actual;
        try
        {
            actual = Observation.Of(genes, TestedEngine.Jit, stress);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            actual = failure.ToString();
        }

        if (expected == actual) return null;
        string[] left = expected.Split('\n'), right = actual.Split('\n');
        int line = Enumerable.Range(0, Math.Min(left.Length, right.Length)).FirstOrDefault(i => left[i] != right[i], Math.Min(left.Length, right.Length) - 1);
        return $"line {line}: interpreter '{left[line]}', compiled code '{string.Join('\n', right.Skip(line).Take(10))}'";
    }

    /// <summary>Leaves out what can be left out while the engines still differ.</summary>
    private static Genes Shrink(Genes genes, bool stress)
    {
        for (int steps = 0; steps < 3000; steps++)
        {
            Genes? smaller = genes.Smaller().FirstOrDefault(g => Differs(g, stress) is not null);
            if (smaller is null) return genes;
            genes = smaller;
        }

        return genes;
    }

    private static string Show(Genes genes) => UirPrinter.Print(ProgramBuilder.Build(genes).Bundle);
}
