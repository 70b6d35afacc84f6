using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>The operator <c>..</c>: right-associative, so a chain is one operation on all its operands while they are strings and numbers.</summary>
internal static class Concatenation
{
    /// <summary>Operands that one call takes.</summary>
    public const int MaxOperands = 4;

    /// <summary>The number of operands has three bits; above is how many operands of the chain are joined already.</summary>
    private const int PlaceShift = 3;

    /// <summary>How many operands of the chain stand right of one, by the first argument of <c>concat</c> and the operand's number.</summary>
    public static int OperandsBehind(int packed, int number) => (packed & ((1 << PlaceShift) - 1)) - number + (packed >> PlaceShift);

    /// <summary>operands[0] .. operands[1] .. …</summary>
    public static Value Emit(LuaFunctionBuilder f, LuaRuntime runtime, ReadOnlySpan<Value> operands)
    {
        // From the right, so that metamethods see the operands that the associativity gives them.
        var rest = operands.ToArray().ToList();
        int done = 0;
        while (rest.Count > 1)
        {
            int take = Math.Min(MaxOperands, rest.Count);
            var arguments = new Value[1 + MaxOperands];
            // With the place of its last operand from the right, for messages.
            arguments[0] = f.B.Int32(take | done << PlaceShift);
            done += take - 1;
            for (int i = 0; i < MaxOperands; i++) arguments[1 + i] = i < take ? rest[rest.Count - take + i] : f.Nil;
            rest.RemoveRange(rest.Count - take, take);
            rest.Add(f.B.CallOne(runtime.Functions.Concat, arguments));
        }
        return rest[0];
    }

    /// <summary><c>concat (n and place, a, b, c, d)</c></summary>
    public static void Define(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Concat, "lua.concat.v1");
        var b = f.B;
        var count = b.And(f.Parameters[0], b.Int32((1 << PlaceShift) - 1));
        var results = b.CCall(NativeConvention.Runtime, runtime.Leaves.Concat, [count, .. f.Parameters.Skip(1)]);
        var slow = b.NewLabel("slow", cold: true);
        b.BranchUnless(b.Eq(results[1], b.Int64(Arithmetic.Done)), slow);
        b.Return(results[0]);

        // Pairwise from the right. Operand n−1 is the first accumulator.
        b.PlaceSealed(slow);
        var failed = b.NewLabel("failed");
        b.BranchIf(b.Eq(results[1], b.Int64(Arithmetic.Failed)), failed);
        var p = f.Parameters;
        var accumulator = b.NewVariable(LuaTypes.Value, "acc");
        var isFour = b.NewLabel("four");
        var isThree = b.NewLabel("three");
        var isTwo = b.NewLabel("two");
        var threeOrTwo = b.NewLabel("threeortwo");
        b.Branch(b.Eq(count, b.Int32(4)), isFour, threeOrTwo);
        b.PlaceSealed(isFour);
        b.Write(accumulator, EmitPair(f, runtime, 3, p[3], p[4]));
        var joinThree = b.NewLabel("jointhree");
        b.Jump(joinThree);
        b.PlaceSealed(threeOrTwo);
        b.Branch(b.Eq(count, b.Int32(3)), isThree, isTwo);
        b.PlaceSealed(isThree);
        b.Write(accumulator, p[3]);
        b.Jump(joinThree);
        b.PlaceSealed(joinThree);
        b.Write(accumulator, EmitPair(f, runtime, 2, p[2], b.Read(accumulator)));
        var joinTwo = b.NewLabel("jointwo");
        b.Jump(joinTwo);
        b.PlaceSealed(isTwo);
        b.Write(accumulator, p[2]);
        b.Jump(joinTwo);
        b.PlaceSealed(joinTwo);
        b.Return(EmitPair(f, runtime, 1, p[1], b.Read(accumulator)));

        b.PlaceSealed(failed);
        Errors.EmitRaise(f, runtime, results[0]);
        b.Finish();
    }

    private static Value EmitPair(LuaFunctionBuilder f, LuaRuntime runtime, int number, Value left, Value right)
    {
        var b = f.B;
        var results = b.CCall(NativeConvention.Runtime, runtime.Leaves.ConcatPair, left, right, f.Parameters[0], b.Int32(number));
        var value = b.NewVariable(results[0], "pair");
        var done = b.NewLabel("done");
        var meta = b.NewLabel("meta");
        var failed = b.NewLabel("failed");
        var notDone = b.NewLabel("notdone");
        b.Branch(b.Eq(results[1], b.Int64(Arithmetic.Done)), done, notDone);
        b.PlaceSealed(notDone);
        b.Branch(b.Eq(results[1], b.Int64(Arithmetic.NeedsMetamethod)), meta, failed);
        b.PlaceSealed(meta);
        b.Write(value, LuaFunctionBuilder.First(Calls.EmitCallAny(f, runtime, results[0], left, right)));
        b.Jump(done);
        b.PlaceSealed(failed);
        Errors.EmitRaise(f, runtime, results[0]);
        b.PlaceSealed(done);
        return b.Read(value);
    }
}
