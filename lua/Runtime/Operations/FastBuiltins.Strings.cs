using Mu.Core.IR;
using Mu.Core.Types;
using Mu.ClientLib.Building;

namespace Mu.Lua.Runtime.Operations;

// Strings, and what goes to and from strings.
internal static partial class FastBuiltins
{
    /// <summary>The first argument, which must be a string, as a reference.</summary>
    private static Value RequireString(LuaFunctionBuilder f, Label slow)
    {
        f.B.BranchUnless(f.IsString(Argument(f, 0)), slow);
        return f.Tagged.ToRef(Argument(f, 0), LuaTypes.StringRef);
    }

    /// <summary>Argument <paramref name="index"/>, an integer or nil, which stands for <paramref name="otherwise"/>.</summary>
    private static Value OptionalInteger(LuaFunctionBuilder f, int index, Value otherwise, Label slow)
    {
        var b = f.B;
        var value = b.NewVariable(otherwise, "optional");
        var end = b.NewLabel("end");
        var given = b.NewLabel("given");
        b.Branch(f.IsNil(Argument(f, index)), end, given);
        b.PlaceSealed(given);
        b.BranchUnless(f.Tagged.IsInt(Argument(f, index)), slow);
        b.Write(value, f.Tagged.ToInt64(Argument(f, index)));
        b.Jump(end);
        b.PlaceSealed(end);
        return b.Read(value);
    }

    private static Value OneByteString(LuaFunctionBuilder f, LuaRuntime runtime, Value code) =>
        f.B.Load(f.Item(f.B.Load(runtime.State(f, RootCell.ByteStrings)), code));

    private static Value ByteAt(LuaFunctionBuilder f, Value text, Value position) =>
        f.B.ToUnsigned(IntType.I64, f.B.Load(f.B.VarElement(text, position)));

    /// <summary>s:byte(i): the byte at one position, which must be inside.</summary>
    private static void EmitByte(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        b.BranchUnless(f.IsNil(Argument(f, 2)), slow);
        var text = RequireString(f, slow);
        var position = b.Sub(OptionalInteger(f, 1, b.Int64(1), slow), b.Int64(1));
        b.BranchUnless(b.Compare(CompareOp.Ult, position, b.HybridLength(text)), slow);
        f.ReturnList(FromInt64(f, ByteAt(f, text, position)));
    }

    /// <summary>s:sub(i, j), with the clipping of lstrlib.c (posrelatI and getendpos). One byte needs no memory, and neither does the whole string.</summary>
    private static void EmitSub(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        var text = RequireString(f, slow);
        b.BranchUnless(f.Tagged.IsInt(Argument(f, 1)), slow);
        var length = b.HybridLength(text);
        var first = b.NewVariable(f.Tagged.ToInt64(Argument(f, 1)), "first");
        var last = b.NewVariable(OptionalInteger(f, 2, b.Int64(-1), slow), "last");
        b.If(b.Compare(CompareOp.Slt, b.Read(first), b.Int64(1)), () =>
        {
            var fromEnd = b.Add(b.Add(b.Read(first), length), b.Int64(1));
            var isFromEnd = b.And(b.Compare(CompareOp.Slt, b.Read(first), b.Int64(0)), b.Compare(CompareOp.Sgt, fromEnd, b.Int64(0)));
            b.Write(first, b.Select(isFromEnd, fromEnd, b.Int64(1)));
        });
        b.If(b.Compare(CompareOp.Slt, b.Read(last), b.Int64(0)), () => b.Write(last, b.Add(b.Add(b.Read(last), length), b.Int64(1))));
        b.Write(last, b.Select(b.Compare(CompareOp.Sgt, b.Read(last), length), length, b.Read(last)));
        var start = b.Sub(b.Read(first), b.Int64(1));
        var count = b.Sub(b.Read(last), start);

        var notOne = b.NewLabel("notone");
        b.BranchUnless(b.Eq(count, b.Int64(1)), notOne);
        f.ReturnList(OneByteString(f, runtime, ByteAt(f, text, start)));
        b.PlaceSealed(notOne);
        var notWhole = b.NewLabel("notwhole");
        b.BranchUnless(b.Eq(count, length), notWhole);
        f.ReturnList(Argument(f, 0));
        b.PlaceSealed(notWhole);
        // An empty part may lie anywhere; its start does not matter.
        var isEmpty = b.Compare(CompareOp.Slt, count, b.Int64(1));
        var part = b.CCall(NativeConvention.Runtime, runtime.Leaves.Substring,
            text, b.Select(isEmpty, b.Int64(0), start), b.Select(isEmpty, b.Int64(0), count))[0];
        ReturnUnlessZero(f, part, slow);
    }

    private static void EmitChar(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        b.BranchUnless(b.Eq(Count(f), b.Int32(1)), slow);
        b.BranchUnless(f.Tagged.IsInt(Argument(f, 0)), slow);
        var code = f.Tagged.ToInt64(Argument(f, 0));
        b.BranchUnless(b.Compare(CompareOp.Ult, code, b.Int64(256)), slow);
        f.ReturnList(OneByteString(f, runtime, code));
    }

    private static void EmitLength(LuaFunctionBuilder f, LuaRuntime runtime, Label slow) =>
        f.ReturnList(FromInt64(f, f.B.HybridLength(RequireString(f, slow))));

    /// <summary>type(v): the names are indexed by tag, with that of numbers behind the tags.</summary>
    private static void EmitType(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        var names = b.Load(runtime.State(f, RootCell.TypeNames));
        var notRef = b.NewLabel("notref");
        b.BranchIf(b.Eq(Count(f), b.Int32(0)), slow);
        b.BranchUnless(f.Tagged.IsRef(Argument(f, 0)), notRef);
        var tag = b.ToUnsigned(IntType.I64, b.Common(CommonOp.TagRefToTag, Argument(f, 0)));
        f.ReturnList(b.Load(f.Item(names, tag)));
        b.PlaceSealed(notRef);
        f.ReturnList(b.Load(f.Item(names, b.Int64(LuaTag.BoxedInteger))));
    }

    /// <summary>tostring of strings and numbers; the metatable of numbers may have a say.</summary>
    private static void EmitToString(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        var value = Argument(f, 0);
        var notString = b.NewLabel("notstring");
        b.BranchUnless(f.IsString(value), notString);
        f.ReturnList(value);
        b.PlaceSealed(notString);
        b.BranchIf(f.Tagged.IsRef(value), slow);
        b.BranchUnless(b.IsNull(b.Load(runtime.State(f, RootCell.NumberMetatable))), slow);
        ReturnUnlessZero(f, b.CCall(NativeConvention.Runtime, runtime.Leaves.NumberText, value)[0], slow);
    }

    /// <summary>tonumber without a base.</summary>
    private static void EmitToNumber(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        var value = Argument(f, 0);
        var isRef = b.NewLabel("ref");
        b.BranchUnless(f.IsNil(Argument(f, 1)), slow);
        b.BranchIf(f.Tagged.IsRef(value), isRef);
        f.ReturnList(value);
        b.PlaceSealed(isRef);
        var parsed = b.CCall(NativeConvention.Runtime, runtime.Leaves.ParseNumber, RequireString(f, slow));
        b.BranchUnless(b.Eq(parsed[1], b.Int64(0)), slow);
        f.ReturnList(parsed[0]);
    }

    /// <summary>Returns what a leaf gave, unless that is the word which says that memory is exhausted.</summary>
    private static void ReturnUnlessZero(LuaFunctionBuilder f, Value value, Label slow)
    {
        f.B.BranchIf(f.Tagged.Same(value, f.B.TagRefWord(0)), slow);
        f.ReturnList(value);
    }
}
