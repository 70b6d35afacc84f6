using Mu.ClientLib.Building;
using Mu.Core.IR;

namespace Mu.Lua.Runtime.Operations;

/// <summary>Metamethods of operators on tables, looked up in Mu code; what these do not find, the leaves look for among all types.</summary>
internal static class TableMetamethods
{
    /// <summary>A metamethod, by number, of an operand that is a table; to <paramref name="none"/> for other types, and when it has none.</summary>
    public static Value Emit(LuaFunctionBuilder f, LuaRuntime runtime, Value operand, Value metamethod, Label none)
    {
        var b = f.B;
        b.BranchUnless(f.IsTable(operand), none);
        var metatable = b.LoadField(f.AsTable(operand), LuaTypes.TableMetatable);
        b.BranchIf(b.IsNull(metatable), none);
        var nodes = b.LoadField(metatable, LuaTypes.TableNodes);
        var index = NodeSearch.EmitFindName(f, nodes, b.Load(runtime.MetamethodNameLocation(f, metamethod)), none);
        var handler = b.LoadField(b.VarElement(nodes, index), LuaTypes.NodeValue);
        b.BranchIf(f.IsNil(handler), none);
        return handler;
    }

    /// <summary>
    /// Returns what a binary operator's metamethod gives: the left operand's if that is a table which has it; the right one's if the left is a number, and numbers have no
    /// metatable. Goes on otherwise.
    /// </summary>
    public static void EmitBinary(LuaFunctionBuilder f, LuaRuntime runtime, Value left, Value right, Value metamethod)
    {
        var b = f.B;
        var notLeft = b.NewLabel("notleft");
        var number = b.NewLabel("number");
        var other = b.NewLabel("other");
        var handler = Emit(f, runtime, left, metamethod, notLeft);
        b.Return(LuaFunctionBuilder.First(Calls.EmitCallAny(f, runtime, handler, left, right)));
        b.PlaceSealed(notLeft);
        b.BranchIf(f.Tagged.IsRef(left), other);
        b.Branch(b.IsNull(b.Load(runtime.State(f, RootCell.NumberMetatable))), number, other);
        b.PlaceSealed(number);
        handler = Emit(f, runtime, right, metamethod, other);
        b.Return(LuaFunctionBuilder.First(Calls.EmitCallAny(f, runtime, handler, left, right)));
        b.PlaceSealed(other);
    }

    /// <summary>Returns the truth of what an order's metamethod gives when the left operand is a table that has it; goes on otherwise.</summary>
    public static void EmitOrder(LuaFunctionBuilder f, LuaRuntime runtime, Value left, Value right, int metamethod)
    {
        var b = f.B;
        var other = b.NewLabel("other");
        var handler = Emit(f, runtime, left, b.Int64(metamethod), other);
        b.Return(b.Not(f.IsFalsy(LuaFunctionBuilder.First(Calls.EmitCallAny(f, runtime, handler, left, right)))));
        b.PlaceSealed(other);
    }

    /// <summary>Returns whether two tables are equal: the same, or by the __eq of one; goes on for other types.</summary>
    public static void EmitEqual(LuaFunctionBuilder f, LuaRuntime runtime, Value left, Value right)
    {
        var b = f.B;
        var other = b.NewLabel("other");
        b.BranchUnless(f.IsTable(left), other);
        b.BranchUnless(f.IsTable(right), other);
        var differ = b.NewLabel("differ");
        b.BranchUnless(f.Tagged.Same(left, right), differ);
        b.Return(b.Bool(true));
        b.PlaceSealed(differ);
        foreach (var operand in (Value[])[left, right])
        {
            var none = b.NewLabel("none");
            var handler = Emit(f, runtime, operand, b.Int64(Metamethods.Eq), none);
            b.Return(b.Not(f.IsFalsy(LuaFunctionBuilder.First(Calls.EmitCallAny(f, runtime, handler, left, right)))));
            b.PlaceSealed(none);
        }
        b.Return(b.Bool(false));
        b.PlaceSealed(other);
    }
}
