using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Concurrency;

/// <summary>A barrier for a fixed number of threads, for as many rounds as they like.</summary>
public sealed class BarrierSnippet : Snippet
{
    private const int Arrived = 0, Round = 1;

    /// <summary>Adds the type and its functions to a bundle, under a name.</summary>
    public BarrierSnippet(Bundle bundle, string name = "sync.barrier") : base(bundle, name, new StructType(IntType.I32, IntType.I32)) =>
        Wait = Define("wait", [Location, IntType.I32], [IntType.I1], EmitWait);

    /// <summary>(location, int&lt;32&gt; number of threads) → int&lt;1&gt;: waits until so many threads have called it; 1 for the last of them.</summary>
    public Function Wait { get; }

    private static void EmitWait(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value arrived = b.Field(p[0], Arrived), round = b.Field(p[0], Round);
        // Read before arriving: the round cannot end without this thread.
        Value mine = b.Load(round, MemoryOrder.Acquire);
        Value before = b.AtomicRmw(AtomicRmwOp.Add, arrived, b.Int32(1), MemoryOrder.AcqRel);
        b.If(b.Eq(b.Add(before, b.Int32(1)), p[1]), () =>
        {
            b.Store(arrived, b.Int32(0), MemoryOrder.Relaxed);
            b.Store(round, b.Add(mine, b.Int32(1)), MemoryOrder.Release);
            b.FutexWake(round, b.Int32(int.MaxValue));
            b.Return(b.Bool(true));
        });
        b.While(() => b.Eq(b.Load(round, MemoryOrder.Acquire), mine), () => b.FutexWait(round, mine));
        b.Return(b.Bool(false));
    }
}
