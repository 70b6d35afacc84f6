using System.Text;
using Mu.Core.Interpreter;
using Mu.Core.IR;
using Mu.Core.Tests.Generation;
using Mu.Core.Tests.Interpreter;
using Mu.Core.Text;
using Mu.Core.Threads;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Differential;

/// <summary>The bundles of <see cref="RandomBundle"/>, whose one result depends on everything they did, give the same on both engines. Settings as in <see cref="DifferentialTests"/>.</summary>
public sealed class RandomBundleDifferenceTests
{
    private static readonly ulong[][] Arguments = [[0, 0, 0], [7, 0xFFFF_FFFF_FFFF_FFF0, 0x4004_0000_0000_0000], [1UL << 63, 12345, 0xFFF0_0000_0000_0000]];

    [Theory, InlineData(false), InlineData(true)]
    public void Both_engines_give_the_same_result(bool stress)
    {
        int count = DifferentialTests.Setting("MU_FUZZ_PROGRAMS", 150), first = DifferentialTests.Setting("MU_FUZZ_SEED", 1);
        for (int seed = first; seed < first + count; seed++)
        {
            byte[] choices = Choices.Random(seed, 50 + seed % 100 * 8);
            if (Difference(choices, stress) is null) continue;
            byte[] least = ChoiceShrinker.Shrink(choices, c => Difference(c, stress) is not null);
            Assert.Fail($"seed {seed}, stress {stress}: {Difference(least, stress)}\n{UirPrinter.Print(RandomBundle.Make(least))}");
        }
    }

    private static string? Difference(byte[] choices, bool stress)
    {
        string interpreted = Describe(choices, TestedEngine.Interpreter, stress), compiled = Describe(choices, TestedEngine.Jit, stress);
        return interpreted == compiled ? null : $"interpreter {interpreted}, compiled code {compiled}";
    }

    private static string Describe(byte[] choices, TestedEngine engine, bool stress)
    {
        using var machine = new TestMachine(engine, stress);
        ulong traps = 0;
        machine.Machine.Watchpoints.Set(1, enable: true);
        var log = new StringBuilder();
        machine.Machine.TrapHandler = (_, point) =>
        {
            MuType[] kept = FlatValue.Scalars(Array.ConvertAll(point.Frame.Instruction!.KeepAlives, v => v.Type));
            ulong[] words = point.Frame.KeepAlives();
            for (int i = 0; i < kept.Length; i++) log.Append(IntWord.FromContract(kept[i], words[i])).Append(' ');
            log.Append(';');
            machine.SetWord(0, ++traps * 0x9E37_79B9_7F4A_7C15);
            return new TrapDecision(TrapAction.PassValues);
        };
        try
        {
            machine.Load(WithSplitVersions(RandomBundle.Make(choices)));
            return string.Join("; ", Arguments.Select(a => Describe(machine.Run("main", a)))) + log;
        }
        catch (Exception failure) when (engine == TestedEngine.Jit)
        {
            return failure.ToString();
        }
    }

    /// <summary>Every other version says that its cold blocks are exceptions and its loops be peeled.</summary>
    private static Bundle WithSplitVersions(Bundle bundle)
    {
        for (int i = 0; i < bundle.Versions.Count; i += 2) bundle.Versions[i].SplitsCold = bundle.Versions[i].PeelsLoops = true;
        return bundle;
    }

    private static string Describe(RunResult result) => $"{result.Outcome} {string.Join(' ', result.Words.Select(w => w.ToString("x")))}";
}
