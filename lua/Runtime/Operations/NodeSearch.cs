using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Runtime.Operations;

/// <summary>Finding nodes of a table's hash part in Mu code. Hashes are those of <see cref="Key.Hash"/>.</summary>
internal static class NodeSearch
{
    /// <summary>The hash of a small integer.</summary>
    public static Value EmitIntegerHash(LuaFunctionBuilder f, Value integer)
    {
        var b = f.B;
        return b.Binary(BinaryOp.LShr, b.Mul(integer, b.Constant(IntType.I64, Key.Multiplier)), b.Int64(32));
    }

    /// <summary>The hash word of a string: its low 32 bits count.</summary>
    public static Value EmitStringHash(LuaFunctionBuilder f, Value name) =>
        f.B.LoadField(f.Tagged.ToRef(name, LuaTypes.StringRef), LuaTypes.StringInfo);

    /// <summary>
    /// The hash of a key that equals only itself, word by word: a small integer, an interned string, a table, a function. Others go to <paramref name="other"/>; so
    /// does a table or a function that never was a key, hence has no hash yet, to <paramref name="fresh"/>.
    /// </summary>
    public static Value EmitHash(LuaFunctionBuilder f, Value key, Label fresh, Label other)
    {
        var b = f.B;
        var hash = b.NewVariable(IntType.I64, "hash");
        var notString = b.NewLabel("notstring");
        var notInt = b.NewLabel("notint");
        var isFunction = b.NewLabel("function");
        var isTable = b.NewLabel("table");
        var identity = b.NewLabel("identity");
        var end = b.NewLabel("hashed");
        b.BranchUnless(f.IsString(key), notString);
        var info = EmitStringHash(f, key);
        b.BranchIf(b.Eq(b.And(info, b.Constant(IntType.I64, StringObject.InternedBit)), b.Int64(0)), other);
        b.Write(hash, info);
        b.Jump(end);

        b.PlaceSealed(notString);
        b.BranchUnless(f.Tagged.IsInt(key), notInt);
        b.Write(hash, EmitIntegerHash(f, f.Tagged.ToInt64(key)));
        b.Jump(end);

        b.PlaceSealed(notInt);
        var flags = b.NewVariable(IntType.I64, "flags");
        b.BranchIf(f.IsTable(key), isTable);
        b.Branch(f.IsFunction(key), isFunction, other);
        b.PlaceSealed(isTable);
        b.Write(flags, b.LoadField(f.AsTable(key), LuaTypes.TableFlags));
        b.Jump(identity);
        b.PlaceSealed(isFunction);
        b.Write(flags, b.LoadField(f.AsFunction(key), LuaTypes.FunctionInfo));
        b.PlaceSealed(identity);
        b.Write(hash, b.Binary(BinaryOp.LShr, b.Read(flags), b.Int64(TableObject.IdentityShift)));
        b.BranchIf(b.Eq(b.Read(hash), b.Int64(0)), fresh);
        b.PlaceSealed(end);
        return b.Read(hash);
    }

    /// <summary>The index of the main position of a hash, whose upper half is ignored.</summary>
    public static Value EmitMainPosition(LuaFunctionBuilder f, Value nodes, Value hash)
    {
        var b = f.B;
        // There are at most 2^30 nodes: the mask cuts off what stands above the hash.
        return b.And(hash, b.Sub(b.HybridLength(nodes), b.Int64(1)));
    }

    /// <summary>Walks the chain that begins at a main position: leaves at <paramref name="absent"/>, or goes on with the index of the node that has the key's very word.</summary>
    public static Value EmitFind(LuaFunctionBuilder f, Value nodes, Value key, Value mainPosition, Label absent)
    {
        var b = f.B;
        var index = b.NewVariable(mainPosition, "index");
        var walk = b.NewLabel("chain");
        var found = b.NewLabel("chain.found");
        b.Place(walk);
        var node = b.VarElement(nodes, b.Read(index));
        var next = b.NewLabel("chain.next");
        b.Branch(f.Tagged.Same(b.LoadField(node, LuaTypes.NodeKey), key), found, next);
        b.PlaceSealed(next);
        var link = b.LoadField(node, LuaTypes.NodeNext);
        b.BranchIf(b.Eq(link, b.Int64(0)), absent);
        b.Write(index, b.Sub(link, b.Int64(1)));
        b.Jump(walk);
        b.Seal(walk);
        b.PlaceSealed(found);
        return b.Read(index);
    }

    /// <summary>The index of the node of an interned name.</summary>
    public static Value EmitFindName(LuaFunctionBuilder f, Value nodes, Value name, Label absent) =>
        EmitFind(f, nodes, name, EmitMainPosition(f, nodes, EmitStringHash(f, name)), absent);

    /// <summary>A float key with an integer value becomes that integer (manual §2.1); other keys stay. To <paramref name="other"/> for floats that do not.</summary>
    public static Value EmitNormalize(LuaFunctionBuilder f, Value key, Label other)
    {
        var b = f.B;
        var normal = b.NewVariable(key, "key");
        var isDouble = b.NewLabel("double", cold: true);
        var end = b.NewLabel("normal");
        b.Branch(f.Tagged.IsDouble(key), isDouble, end);
        b.PlaceSealed(isDouble);
        var number = f.Tagged.ToDouble(key);
        var integer = b.Convert(ConvertOp.FPToSI, IntType.I64, number);
        b.BranchUnless(b.Compare(CompareOp.FOeq, b.Convert(ConvertOp.SIToFP, SimpleType.Double, integer), number), other);
        b.Write(normal, f.Tagged.FromInt64(integer, other));
        b.PlaceSealed(end);
        return b.Read(normal);
    }
}
