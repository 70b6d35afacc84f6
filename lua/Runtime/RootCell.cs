using Mu.Core.Types;

namespace Mu.Lua.Runtime;

/// <summary>The fields of a state's root: one global cell of the micro VM, read by compiled code and by leaves.</summary>
internal static class RootCell
{
    public const int Current = 0, SharedNodes = 1, OutOfMemoryMessage = 2, Globals = 3, Registry = 4, MainCoroutine = 5, Transfer = 6,
        StringMetatable = 7, NumberMetatable = 8, BooleanMetatable = 9, FunctionMetatable = 10, NilMetatable = 11, CoroutineMetatable = 12,
        LightUserdataMetatable = 13, Second = 14, Third = 15, Fourth = 16, ByteStrings = 17, TypeNames = 18, NextFunction = 19, IpairsIterator = 20,
        ParkedStacks = 21, ParkedCount = 22, Callee = 23, TailCalled = 24, FinalizersDue = 25, FinalizerRunner = 26, SelectFunction = 27,
        Ending = 28, Interrupted = 29, CacheUses = 30, CacheMisses = 31, MetamethodNames = 32;

    /// <summary>Type of the cell. The metamethods' names are interned strings, indexed by number.</summary>
    public static readonly StructType Type = new(
        LuaTypes.CoroutineRef, LuaTypes.NodesRef, LuaTypes.Value, LuaTypes.TableRef, LuaTypes.TableRef, LuaTypes.CoroutineRef, LuaTypes.ValuesRef,
        LuaTypes.TableRef, LuaTypes.TableRef, LuaTypes.TableRef, LuaTypes.TableRef, LuaTypes.TableRef, LuaTypes.TableRef, LuaTypes.TableRef,
        LuaTypes.Value, LuaTypes.Value, LuaTypes.Value,
        LuaTypes.ValuesRef, LuaTypes.ValuesRef, LuaTypes.Value, LuaTypes.Value, LuaTypes.ParkedRef, IntType.I64, LuaTypes.FunctionRef, IntType.I64, IntType.I64, LuaTypes.FunctionRef,
        LuaTypes.Value, IntType.I64, IntType.I64, IntType.I64, IntType.I64,
        new SequenceType(TypeKind.Array, LuaTypes.Value, (ulong)Metamethods.Count))
    { Name = "lua.state" };

    /// <summary>Byte offset of a field; every one is a word.</summary>
    public static int Offset(int field) => field * 8;
}
