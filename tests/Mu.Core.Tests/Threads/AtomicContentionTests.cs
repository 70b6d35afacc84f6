using Mu.Core.Api;
using Mu.Core.IR;
using Xunit;

namespace Mu.Core.Tests.Threads;

/// <summary>Every read-modify-write operation on every width, done by several threads at the same time to one location: nothing is lost.</summary>
public sealed class AtomicContentionTests
{
    private const int Threads = 3;

    public static TheoryData<EngineKind, int> Widths
    {
        get
        {
            var data = new TheoryData<EngineKind, int>();
            foreach (EngineKind engine in Enum.GetValues<EngineKind>())
                foreach (int bits in (int[])[8, 12, 16, 32, 52, 64]) data.Add(engine, bits);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Sums_are_exact(EngineKind engine, int bits)
    {
        ulong rounds = Rounds(engine), mask = ulong.MaxValue >> (64 - bits);
        Assert.Equal(3 * Threads * rounds & mask, Run(engine, bits, 0, "%x = ATOMICRMW RELAXED ADD <@t> %cell @three"));
        Assert.Equal((ulong)-(3L * Threads * (long)rounds) & mask, Run(engine, bits, 0, "%x = ATOMICRMW RELAXED SUB <@t> %cell @three"));
        Assert.Equal(7UL, Run(engine, bits, 7, "%x = ATOMICRMW ACQ_REL ADD <@t> %cell @three %y = ATOMICRMW ACQ_REL SUB <@t> %cell @three"));
        // Each thread inverts an even number of times.
        Assert.Equal(5UL, Run(engine, bits, 5, "%x = ATOMICRMW SEQ_CST XOR <@t> %cell @three %y = ATOMICRMW SEQ_CST XOR <@t> %cell @three"));
        Assert.Equal(5UL, Run(engine, bits, 5, "%x = ATOMICRMW RELEASE NAND <@t> %cell @ones %y = ATOMICRMW RELEASE NAND <@t> %cell @ones"));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Bits_and_bounds_are_kept(EngineKind engine, int bits)
    {
        ulong mask = ulong.MaxValue >> (64 - bits), sign = 1UL << (bits - 1);
        Assert.Equal(7UL, Run(engine, bits, 4, "%x = ATOMICRMW RELAXED OR <@t> %cell @three"));
        Assert.Equal(2UL, Run(engine, bits, 6, "%x = ATOMICRMW RELAXED AND <@t> %cell @three"));
        Assert.Equal(3UL, Run(engine, bits, mask, "%x = ATOMICRMW RELAXED MAX <@t> %cell @three %y = ATOMICRMW RELAXED MAX <@t> %cell @lowest"));
        Assert.Equal(sign, Run(engine, bits, 1, "%x = ATOMICRMW RELAXED MIN <@t> %cell @three %y = ATOMICRMW RELAXED MIN <@t> %cell @lowest"));
        Assert.Equal(sign, Run(engine, bits, 1, "%x = ATOMICRMW RELAXED UMAX <@t> %cell @three %y = ATOMICRMW RELAXED UMAX <@t> %cell @lowest"));
        Assert.Equal(3UL, Run(engine, bits, mask, "%x = ATOMICRMW RELAXED UMIN <@t> %cell @three %y = ATOMICRMW RELAXED UMIN <@t> %cell @lowest"));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Exchanged_values_are_neither_lost_nor_doubled(EngineKind engine, int bits)
    {
        // A lock: who gets the 0 counts alone.
        Assert.Equal(Threads * Rounds(engine), Run(engine, bits, 0, """
            BRANCH %again(%left %mine %cell)
              %again(<@i64> %left <@t> %mine <iref<@t>> %cell):
                %got = ATOMICRMW ACQUIRE XCHG <@t> %cell @three
                %free = EQ <@t> %got @nothing
                BRANCH2 %free %after(%left %mine %cell) %again(%left %mine %cell)
              %after(<@i64> %left <@t> %mine <iref<@t>> %cell):
                %count = LOAD <@i64> @counter
                %more = ADD <@i64> %count @one
                STORE <@i64> @counter %more
                STORE RELEASE <@t> %cell @nothing
            """, result: "counter"));
        Assert.Equal(3 * Threads * Rounds(engine) & (ulong.MaxValue >> (64 - bits)), Run(engine, bits, 0, """
            BRANCH %again(%left %mine %cell)
              %again(<@i64> %left <@t> %mine <iref<@t>> %cell):
                %old = LOAD RELAXED <@t> %cell
                %new = ADD <@t> %old @three
                (%was %ok) = CMPXCHG WEAK ACQ_REL RELAXED <@t> %cell %old %new
                BRANCH2 %ok %after(%left %mine %cell) %again(%left %mine %cell)
              %after(<@i64> %left <@t> %mine <iref<@t>> %cell):
            """));
    }

    private static ulong Rounds(EngineKind engine) => (engine == EngineKind.Jit ? 20_000UL : 1_000UL) * (ulong)ThreadProgramTests.Effort;

    /// <summary>A global cell's contents after all threads have done the operation in all rounds.</summary>
    private static ulong Run(EngineKind engine, int bits, ulong initial, string operation, string result = "location")
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        vm.LoadText($$"""
            .typedef @t = int<{{bits}}>
            .typedef @i64 = int<64>
            .global @location <@t>
            .const @three <@t> = 3
            .const @ones <@t> = 0x{{ulong.MaxValue >> (64 - bits):x}}
            .const @lowest <@t> = 0x{{1UL << (bits - 1):x}}
            .const @nothing <@t> = 0
            .global @counter <@i64>
            .const @zero <@i64> = 0
            .const @one <@i64> = 1
            .funcdef @work VERSION %v1 <(@i64) -> ()> {
              %entry(<@i64> %n):
                BRANCH %round(%n @nothing @location)
              %round(<@i64> %left <@t> %mine <iref<@t>> %cell):
                {{operation}}
                %less = SUB <@i64> %left @one
                %end = EQ <@i64> %less @zero
                BRANCH2 %end %done() %round(%less %mine %cell)
              %done():
                RET ()
            }
            """);
        using MuContext context = vm.NewContext();
        MuValue location = context.FromGlobal((GlobalCell)vm.Find("location"));
        context.Store(location, context.FromInteger(new Mu.Core.Types.IntType(bits), initial));
        for (int i = 0; i < Threads; i++) context.NewThread(context.NewStack(context.FromFunction((Function)vm.Find("work"))), null, context.FromInt64((long)Rounds(engine)));
        Assert.True(vm.WaitForThreads(TimeSpan.FromSeconds(60 * ThreadProgramTests.Effort)), "a thread hangs");
        return context.ToUInt64(context.Load(context.FromGlobal((GlobalCell)vm.Find(result))));
    }
}
