using Mu.Core.IR;

namespace Mu.Lua.Compilation;

// Counting in the first tier, until the function is worth compiling again.
internal sealed partial class FunctionCompiler
{
    /// <summary>Entries and turns of loops after which a function is compiled again.</summary>
    private const int HotRuns = 2000;

    /// <summary>The part of an expression's site that is the assignment to it.</summary>
    private const int StorePart = 1;

    /// <summary>Counts an entry.</summary>
    private void CountEntry()
    {
        if (IsSpecialized) return;
        var heat = CountRun();
        var hot = b.NewLabel("hot", cold: true);
        var go = b.NewLabel("go");
        b.Branch(b.Eq(heat, b.Int64(HotRuns)), hot, go);
        b.PlaceSealed(hot);
        b.CCall(NativeConvention.Runtime, runtime.Leaves.Promote, b.Int64(prototype.Number));
        b.PlaceSealed(go);
    }

    private Value CountRun()
    {
        var cell = prototype.Feedback.HeatCell(b.Bundle);
        var heat = b.Add(b.Load(cell), b.Int64(1));
        b.Store(cell, heat);
        return heat;
    }
}
