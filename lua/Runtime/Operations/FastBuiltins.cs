using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>
/// Library functions that programs call in inner loops: their common cases as Mu code. Everything else (other types, arguments missing, errors) is a tail call of
/// the C# function, so that semantics and messages are written once.
/// </summary>
internal static partial class FastBuiltins
{
    private delegate void Emitter(LuaFunctionBuilder f, LuaRuntime runtime, Label slow);

    private static readonly (string? Library, string Name, Emitter Emit)[] All =
    [
        ("string", "byte", EmitByte),
        ("string", "sub", EmitSub),
        ("string", "char", EmitChar),
        ("string", "len", EmitLength),
        ("math", "floor", EmitFloor),
        ("math", "sqrt", EmitSqrt),
        ("math", "abs", EmitAbs),
        ("math", "max", (f, _, slow) => EmitExtreme(f, CompareOp.Sgt, CompareOp.FOgt, slow)),
        ("math", "min", (f, _, slow) => EmitExtreme(f, CompareOp.Slt, CompareOp.FOlt, slow)),
        ("table", "insert", TableBuiltins.EmitInsert),
        ("table", "remove", TableBuiltins.EmitRemove),
        ("table", "unpack", TableBuiltins.EmitUnpack),
        (null, "next", TableBuiltins.EmitNext),
        (null, "pairs", TableBuiltins.EmitPairs),
        (null, "ipairs", TableBuiltins.EmitIpairs),
        (null, "rawget", TableBuiltins.EmitRawGet),
        (null, "rawset", TableBuiltins.EmitRawSet),
        (null, "rawequal", TableBuiltins.EmitRawEqual),
        (null, "rawlen", TableBuiltins.EmitRawLength),
        (null, "setmetatable", TableBuiltins.EmitSetMetatable),
        (null, "getmetatable", TableBuiltins.EmitGetMetatable),
        (null, "type", EmitType),
        (null, "tostring", EmitToString),
        (null, "tonumber", EmitToNumber),
        (null, "error", EmitError),
        (null, "select", EmitSelect),
    ];

    /// <summary>The functions that have a fast part.</summary>
    public static IEnumerable<(string? Library, string Name)> Names => All.Select(entry => (entry.Library, entry.Name));

    /// <summary>Defines the fast part of a function in front of its C# function.</summary>
    public static void Define(LuaRuntime runtime, Bundle bundle, Function function, string? library, string name, Function host)
    {
        var f = new LuaFunctionBuilder(bundle, function);
        var slow = f.B.NewLabel("slow", cold: true);
        Array.Find(All, entry => entry.Library == library && entry.Name == name).Emit(f, runtime, slow);
        f.B.PlaceSealed(slow);
        f.B.TailCall(host, [.. f.Parameters]);
        f.B.Finish();
    }

    private static Value Count(LuaFunctionBuilder f) => f.Parameters[1];

    private static Value Argument(LuaFunctionBuilder f, int index) => f.Parameters[2 + index];

    private static Value FromInt64(LuaFunctionBuilder f, Value value) => f.Tagged.FromInt(f.B.Convert(ConvertOp.Trunc, IntType.I52, value));

    private static void EmitFloor(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        var notInt = b.NewLabel("notint");
        b.BranchUnless(f.Tagged.IsInt(Argument(f, 0)), notInt);
        f.ReturnList(Argument(f, 0));
        b.PlaceSealed(notInt);
        b.BranchUnless(f.Tagged.IsDouble(Argument(f, 0)), slow);
        var floor = b.Common(CommonOp.Floor, [SimpleType.Double], f.Tagged.ToDouble(Argument(f, 0)))!;
        var integer = b.Convert(ConvertOp.FPToSI, IntType.I64, floor);
        f.ReturnList(f.Tagged.FromInt64(integer, slow));
    }

    private static void EmitSqrt(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var number = f.Tagged.ToDoubleFromNumber(Argument(f, 0), slow);
        f.ReturnList(f.Tagged.FromDouble(f.B.Common(CommonOp.Sqrt, [SimpleType.Double], number)!));
    }

    private static void EmitAbs(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        b.BranchUnless(f.Tagged.IsDouble(Argument(f, 0)), slow);
        f.ReturnList(f.Tagged.FromDouble(b.Common(CommonOp.Abs, [SimpleType.Double], f.Tagged.ToDouble(Argument(f, 0)))!));
    }

    /// <summary>math.max or math.min of two numbers of one kind. A NaN makes every comparison false, as in PUC's loop: the first argument stays.</summary>
    private static void EmitExtreme(LuaFunctionBuilder f, CompareOp ints, CompareOp doubles, Label slow)
    {
        var b = f.B;
        var (first, second) = (Argument(f, 0), Argument(f, 1));
        b.BranchUnless(b.Eq(Count(f), b.Int32(2)), slow);
        var notInt = b.NewLabel("notint");
        b.BranchUnless(f.Tagged.BothInt(first, second), notInt);
        f.ReturnList(b.Select(b.Compare(ints, f.Tagged.ToInt(second), f.Tagged.ToInt(first)), second, first));
        b.PlaceSealed(notInt);
        b.BranchUnless(f.Tagged.IsDouble(first), slow);
        b.BranchUnless(f.Tagged.IsDouble(second), slow);
        f.ReturnList(b.Select(b.Compare(doubles, f.Tagged.ToDouble(second), f.Tagged.ToDouble(first)), second, first));
    }

    /// <summary>error(v) of what is no string, and error(v, 0): without position.</summary>
    private static void EmitError(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        var raise = b.NewLabel("raise");
        b.BranchIf(f.Tagged.Same(Argument(f, 1), b.TagRefWord(TagRef64.FromInt(0))), raise);
        b.BranchIf(f.IsString(Argument(f, 0)), slow);
        b.Branch(f.IsNil(Argument(f, 1)), raise, slow);
        b.PlaceSealed(raise);
        Errors.EmitRaise(f, runtime, Argument(f, 0));
    }

    /// <summary>select("#", …), and select(1, …): the list without its first value.</summary>
    private static void EmitSelect(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        var notCount = b.NewLabel("notcount");
        var sharp = b.Load(f.Item(b.Load(runtime.State(f, RootCell.ByteStrings)), b.Int64('#')));
        b.BranchUnless(f.Tagged.Same(Argument(f, 0), sharp), notCount);
        f.ReturnList(FromInt64(f, b.Sub(b.ToSigned(IntType.I64, Count(f)), b.Int64(1))));
        b.PlaceSealed(notCount);
        b.BranchUnless(f.Tagged.Same(Argument(f, 0), b.TagRefWord(TagRef64.FromInt(1))), slow);
        b.TailCall(runtime.Functions.DropFirst, [.. f.Parameters.Skip(1)]);
    }
}
