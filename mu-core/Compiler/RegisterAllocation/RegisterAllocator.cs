using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>
/// Linear scan on SSA form. It knows no machine: registers are numbers, and an <see cref="ILirTarget"/> makes the moves.
/// <list type="bullet">
/// <item>C. Wimmer, H. Mössenböck: Optimized Interval Splitting in a Linear Scan Register Allocator. VEE 2005.</item>
/// <item>C. Wimmer, M. Franz: Linear Scan Register Allocation on SSA Form. CGO 2010.</item>
/// </list>
/// </summary>
internal static class RegisterAllocator
{
    private static readonly bool CheckAlways = Environment.GetEnvironmentVariable("MU_CHECK_RA") == "1";

    /// <summary>Gives every operand its place, and puts moves and stack maps into the function.</summary>
    public static void Run(LirFunction function, ILirTarget target)
    {
        if (CheckAlways) AllocationChecker.RunChecked(function, target);
        else Allocate(function, target);
    }

    internal static void Allocate(LirFunction function, ILirTarget target)
    {
        // Hot code first, cold code behind: slow paths take what the fast paths leave.
        var code = new Linearisation(function);

        // From uses up to definitions; SSA needs no fixed point.
        var liveness = new LiveSets(code);

        // Where each value lives, is used, and would like to be.
        Lifetimes lifetimes = LifetimeBuilder.Run(code, liveness);

        // Registers, splitting lifetimes at calls and under pressure.
        List<LiveInterval> intervals = LinearScan.Run(lifetimes, target);

        // Frame slots for what has left its register somewhere.
        var places = new Places(lifetimes, intervals);
        SlotColouring.Run(places);

        // Operands, moves, stack maps.
        Rewriter.Run(places, target);
    }
}
