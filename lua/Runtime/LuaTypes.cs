using Mu.ClientLib.Building;
using Mu.Core.Types;

namespace Mu.Lua.Runtime;

/// <summary>The Mu types of Lua's objects; <see cref="StringObject"/> and its neighbours are the same layouts for C#.</summary>
internal static class LuaTypes
{
    public static readonly SimpleType Value = SimpleType.TagRef64;

    public static readonly HybridType String = new([IntType.I64], IntType.I8) { Name = "lua.string" };
    public static readonly HybridType Values = new([], Value) { Name = "lua.values" };
    public static readonly StructType Node = new(Value, Value, IntType.I64) { Name = "lua.node" };
    public static readonly HybridType Nodes = new([IntType.I64], Node) { Name = "lua.nodes" };
    public static readonly StructType Cell = new(Value) { Name = "lua.cell" };
    public static readonly StructType BoxedInteger = new(IntType.I64) { Name = "lua.boxedint" };
    public static readonly StructType Failure = new(Value, Value) { Name = "lua.failure" };

    public static readonly ReferenceType StringRef = new(TypeKind.Ref, String);
    public static readonly ReferenceType ValuesRef = new(TypeKind.Ref, Values);
    public static readonly ReferenceType NodesRef = new(TypeKind.Ref, Nodes);
    public static readonly ReferenceType CellRef = new(TypeKind.Ref, Cell);
    public static readonly ReferenceType BoxedIntegerRef = new(TypeKind.Ref, BoxedInteger);
    public static readonly ReferenceType FailureRef = new(TypeKind.Ref, Failure);

    public static readonly StructType Table = new() { Name = "lua.table" };
    public static readonly ReferenceType TableRef = new(TypeKind.Ref, Table);

    public static readonly HybridType Userdata = new([TableRef, IntType.I64], Value) { Name = "lua.userdata" };
    public static readonly ReferenceType UserdataRef = new(TypeKind.Ref, Userdata);

    public static readonly StructType Coroutine = new() { Name = "lua.coroutine" };
    public static readonly ReferenceType CoroutineRef = new(TypeKind.Ref, Coroutine);

    /// <summary>A stack that waits for a coroutine; see <see cref="Operations.Coroutines"/>.</summary>
    public static readonly StructType Parked = new() { Name = "lua.parked" };
    public static readonly ReferenceType ParkedRef = new(TypeKind.Ref, Parked);

    public static readonly HybridType Function = new([], null) { Name = "lua.function" };
    public static readonly ReferenceType FunctionRef = new(TypeKind.Ref, Function);

    /// <summary>Types of a value list: n, v0…v3, extra.</summary>
    public static readonly MuType[] ValueList = [IntType.I32, Value, Value, Value, Value, ValuesRef];

    /// <summary>Values of a list that travel in registers.</summary>
    public const int RegisterValues = 4;

    /// <summary>The signature of every Lua function.</summary>
    public static readonly FunctionSignature Signature = new([FunctionRef, .. ValueList], ValueList) { Name = "lua.sig" };

    public static readonly FunctionReferenceType Code = new(TypeKind.FuncRef, Signature);

    /// <summary>Code that begins at a loop of a function: (function, variables) -> results.</summary>
    public static readonly FunctionSignature LoopSignature = new([FunctionRef, ValuesRef], ValueList);

    public static readonly FunctionReferenceType LoopCode = new(TypeKind.FuncRef, LoopSignature);

    static LuaTypes()
    {
        Table.SetFields(ValuesRef, IntType.I64, NodesRef, TableRef, IntType.I64);
        Coroutine.SetFields(SimpleType.StackRef, CoroutineRef, Value, Value, Value, IntType.I64, IntType.I64, FunctionRef, IntType.I64, IntType.I64, IntType.I64, IntType.I64,
            CoroutineRef, IntType.I64);
        Parked.SetFields(SimpleType.StackRef, ParkedRef);
        Function.SetParts([Code, IntType.I64], Value);
    }

    // Field numbers, by the names of the C# overlays.
    public const int StringInfo = 0;
    public const int TableArray = 0, TableCount = 1, TableNodes = 2, TableMetatable = 3, TableFlags = 4;
    public const int NodesLastFree = 0, NodeKey = 0, NodeValue = 1, NodeNext = 2;
    public const int FunctionCode = 0, FunctionInfo = 1;
    public const int UserdataMetatable = 0, UserdataInfo = 1;
    public const int CoroutineStack = 0, CoroutineResumer = 1, CoroutineBody = 2, CoroutineHandler = 3, CoroutineError = 4, CoroutineInfo = 5, CoroutineDepth = 6,
        CoroutineHook = 7, CoroutineHookMask = 8, CoroutineHookSaved = 9, CoroutineHookCount = 10, CoroutineHookLeft = 11, CoroutineWaiting = 12, CoroutineMayWait = 13;
    public const int ParkedStack = 0, ParkedNext = 1;
    public const int FailureValue = 0, FailureTraceback = 1;
}
