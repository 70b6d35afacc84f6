using Mu.Core.Api;
using Mu.Core.Tests.Generation;
using Mu.Core.Tests.Text;
using Mu.Core.IR;
using Mu.Core.Text;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Programs;

/// <summary>The programs of tests/programs/uir, on both engines.</summary>
public class ProgramTests
{
    /// <summary>A collection at every so many safepoints: primes, so that loops do not collect at the same place each time. Some programs have millions of safepoints, or very deep stacks.</summary>
    private static int StressInterval(string name) => name switch { "stack_overflow.uir" => 10_000_019, "tail_calls.uir" => 100_003, _ => 13 };

    public static TheoryData<string> Programs => [.. ProgramFiles.Names];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Programs_give_what_their_first_lines_say(string name)
    {
        string text = ProgramFiles.Read(name);
        List<ProgramRun> runs = ProgramRun.In(text);
        Assert.NotEmpty(runs);
        foreach (EngineKind engine in Enum.GetValues<EngineKind>())
        {
            using var vm = new MuVM(new MuVMOptions { MaxHeap = 64 << 20, Engine = engine });
            vm.LoadText(text, name);
            foreach (ProgramRun run in runs) Assert.Equal((engine, run, null), (engine, run, run.Check(vm)));
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Programs_do_the_same_while_everything_moves(string name)
    {
        string text = ProgramFiles.Read(name);
        foreach (EngineKind engine in Enum.GetValues<EngineKind>())
        {
            using var vm = new MuVM(new MuVMOptions { MaxHeap = 64 << 20, Engine = engine, CollectorStress = true, StressInterval = StressInterval(name) });
            vm.LoadText(text, name);
            foreach (ProgramRun run in ProgramRun.In(text)) Assert.Equal((engine, run, null), (engine, run, run.Check(vm)));
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Printed_programs_do_the_same(string name)
    {
        string text = ProgramFiles.Read(name);
        using var vm = new MuVM(new MuVMOptions { MaxHeap = 64 << 20 });
        vm.LoadText(UirPrinter.Print(UirReader.Read(text, name)), "printed " + name);
        foreach (ProgramRun run in ProgramRun.In(text)) Assert.Equal((run, null), (run, run.Check(vm)));
    }

    [Fact]
    public void Random_bundles_do_the_same_when_every_allocation_collects()
    {
        for (int seed = 0; seed < 60; seed++)
            Assert.Equal((seed, Run(seed, stress: false)), (seed, Run(seed, stress: true)));
    }

    private static ulong Run(int seed, bool stress)
    {
        Bundle bundle = RandomBundle.Make(seed, 100 + seed * 8);
        using var vm = new MuVM(new MuVMOptions { MaxHeap = 64 << 20, CollectorStress = stress });
        vm.TrapHandler = trap => TrapResult.PassValues([trap.Context.FromInt64(seed)]);
        vm.Load(bundle);
        using MuContext context = vm.NewContext();
        MuValue[] results = context.Call(bundle.Functions.Find(f => f.Name == "main")!,
            context.FromInteger(IntType.I64, (ulong)seed), context.FromInteger(IntType.I64, ~0UL), context.FromDouble(seed * 0.5));
        return context.ToUInt64(results[0]);
    }
}
