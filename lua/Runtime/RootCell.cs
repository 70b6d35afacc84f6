using Mu.Core.Types;

namespace Mu.Lua.Runtime;

/// <summary>The fields of a state's root: one global cell of the micro VM, read by compiled code and by leaves.</summary>
internal static class RootCell
{
    public const int Current = 0, HandlerDepth = 1, SharedNodes = 2, OutOfMemoryMessage = 3, Globals = 4, Registry = 5, MainCoroutine = 6, Transfer = 7,
        StringMetatable = 8, NumberMetatable = 9, BooleanMetatable = 10, FunctionMetatable = 11, NilMetatable = 12, CoroutineMetatable = 13,
        LightUserdataMetatable = 14, Second = 15, Third = 16, Fourth = 17, ByteStrings = 18, TypeNames = 19, NextFunction = 20, IpairsIterator = 21,
        ParkedStacks = 22, ParkedCount = 23, Callee = 24, TailCalled = 25, FinalizersDue = 26, FinalizerRunner = 27, SelectFunction = 28,
        Ending = 29, Interrupted = 30, CacheUses = 31, CacheMisses = 32, MetamethodNames = 33;

    /// <summary>Type of the cell. The metamethods' names are interned strings, indexed by number.</summary>
    public static readonly StructType Type = new(
        LuaTypes.CoroutineRef, IntType.I64, LuaTypes.NodesRef, LuaTypes.Value, LuaTypes.TableRef, LuaTypes.TableRef, LuaTypes.CoroutineRef, LuaTypes.ValuesRef,
        LuaTypes.TableRef, LuaTypes.TableRef, LuaTypes.TableRef, LuaTypes.TableRef, LuaTypes.TableRef, LuaTypes.TableRef, LuaTypes.TableRef,
        LuaTypes.Value, LuaTypes.Value, LuaTypes.Value,
        LuaTypes.ValuesRef, LuaTypes.ValuesRef, LuaTypes.Value, LuaTypes.Value, LuaTypes.ParkedRef, IntType.I64, LuaTypes.FunctionRef, IntType.I64, IntType.I64, LuaTypes.FunctionRef,
        LuaTypes.Value, IntType.I64, IntType.I64, IntType.I64, IntType.I64,
        new SequenceType(TypeKind.Array, LuaTypes.Value, (ulong)Metamethods.Count))
    { Name = "lua.state" };

    /// <summary>Byte offset of a field; every one is a word.</summary>
    public static int Offset(int field) => field * 8;
}
