using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.RPython.Runtime;

namespace Mu.RPython.Lowering;

/// <summary>What the micro VM calls where the stack has no room for a call (docs/stacks.md): raises RuntimeError, so that exhausted memory is what arrives as NULL.</summary>
internal static class OverflowFunction
{
    private const string Name = "murpy.overflow";

    public static void Define(ProgramLowering program)
    {
        var b = new FunctionBuilder(program.Bundle, program.Bundle.AddFunction(Name, new FunctionSignature([], [])));
        b.CCall(NativeConvention.Runtime, Leaves.Find("leave_stack_reserve")!);
        b.Throw(b.CastRef(b.Load(program.Heap.ExceptionCell("RuntimeError")), WellKnownTypes.RefVoid));
        b.Finish();
    }

    /// <summary>The function among those of a program.</summary>
    public static Function In(Bundle bundle) => bundle.Functions.Find(f => f.Name == Name) ?? throw new InvalidOperationException($"the program has no {Name}");
}
