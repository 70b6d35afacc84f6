using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime.Operations;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>The leaves that runtime functions and compiled code call, as constants of Mu IR. Their bodies stand by concern in this folder.</summary>
internal sealed unsafe class RuntimeLeaves
{
    private static readonly MuType V = LuaTypes.Value;

    public readonly Constant RawGet = Leaf(&TableLeaves.RawGet, [LuaTypes.TableRef, V], V);
    public readonly Constant RawSet = Leaf(&TableLeaves.RawSet, [LuaTypes.TableRef, V, V], V, IntType.I64);
    public readonly Constant RawSetName = Leaf(&TableLeaves.RawSetName, [LuaTypes.TableRef, V, V, new ReferenceType(TypeKind.IRef, IntType.I64)], V, IntType.I64);
    public readonly Constant NewTable = Leaf(&TableLeaves.NewTable, [IntType.I64, IntType.I64], LuaTypes.TableRef);
    public readonly Constant MakeTemplate = Leaf(&TableLeaves.MakeTemplate, [LuaTypes.ValuesRef, new ReferenceType(TypeKind.IRef, IntType.I64)], LuaTypes.NodesRef);
    public readonly Constant SetList = Leaf(&TableLeaves.SetList, [LuaTypes.TableRef, IntType.I64, IntType.I64, LuaTypes.ValuesRef], IntType.I64);
    public readonly Constant TrimArray = Leaf(&TableLeaves.TrimArray, [LuaTypes.TableRef], IntType.I64);
    public readonly Constant Length = Leaf(&TableLeaves.Length, [V], V, IntType.I64);

    public readonly Constant Arithmetic = Leaf(&ArithmeticLeaves.Arithmetic, [IntType.I32, V, V], V, IntType.I64);
    public readonly Constant Equal = Leaf(&ComparisonLeaves.Equal, [V, V], V, IntType.I64);
    public readonly Constant Order = Leaf(&ComparisonLeaves.Order, [IntType.I64, V, V], V, IntType.I64);
    public readonly Constant Concat = Leaf(&StringLeaves.Concat, [IntType.I32, V, V, V, V], V, IntType.I64);
    public readonly Constant ConcatPair = Leaf(&StringLeaves.ConcatPair, [V, V, IntType.I32, IntType.I32], V, IntType.I64);

    public readonly Constant Substring = Leaf(&BuiltinLeaves.Substring, [LuaTypes.StringRef, IntType.I64, IntType.I64], V);
    public readonly Constant NumberText = Leaf(&BuiltinLeaves.NumberText, [V], V);
    public readonly Constant ParseNumber = Leaf(&BuiltinLeaves.ParseNumber, [LuaTypes.StringRef], V, IntType.I64);

    public readonly Constant IndexHandler = Leaf(&MetatableLeaves.IndexHandler, [V, V, IntType.I64], V, IntType.I64);
    public readonly Constant CallHandler = Leaf(&MetatableLeaves.CallHandler, [V], V, IntType.I64);
    public readonly Constant ErrorMessage = Leaf(&ErrorLeaves.Message, [IntType.I64], V);
    public readonly Constant PlainString = Leaf(&ErrorLeaves.PlainString, [IntType.I64], V);
    public readonly Constant NullError = Leaf(&ErrorLeaves.OfNull, [IntType.I64], V);
    public readonly Constant CheckClosable = Leaf(&ErrorLeaves.CheckClosable, [V, V], V, IntType.I64);
    public readonly Constant CloseHandler = Leaf(&ErrorLeaves.CloseHandler, [V], V, IntType.I64);
    public readonly Constant ForPrepare = Leaf(&ArithmeticLeaves.ForPrepare, [V, V, V], V, IntType.I64);
    public readonly Constant ForNext = Leaf(&ArithmeticLeaves.ForNext, [V, V, V], V, IntType.I64);

    public readonly Constant CheckFunction = Leaf(&CoroutineLeaves.CheckFunction, [V, IntType.I32], V, IntType.I64);
    public readonly Constant CheckCoroutine = Leaf(&CoroutineLeaves.CheckCoroutine, [V, IntType.I32], V, IntType.I64);
    public readonly Constant ResumeRefusal = Leaf(&CoroutineLeaves.ResumeRefusal, [IntType.I64], V);
    public readonly Constant CheckClose = Leaf(&CoroutineLeaves.CheckClose, [IntType.I64], V, IntType.I64);
    public readonly Constant WrapError = Leaf(&CoroutineLeaves.WrapError, [V], V);

    public readonly Constant MissingArgument = Leaf(&ErrorLeaves.MissingArgument, [IntType.I64], V);
    public readonly Constant BadHandler = Leaf(&ErrorLeaves.BadHandler, [V, IntType.I32], V);

    public readonly Constant LeaveStackReserve = Leaf(&ErrorLeaves.LeaveStackReserve, [IntType.I64], IntType.I64);
    public readonly Constant InterruptError = Leaf(&InterruptLeaves.TakeError, [IntType.I64], V, IntType.I64);
    public readonly Constant EndingError = Leaf(&InterruptLeaves.EndingError, [IntType.I64], V);
    public readonly Constant HookEventName = Leaf(&HookLeaves.EventName, [IntType.I64], V);
    public readonly Constant IsProgramFunction = Leaf(&HookLeaves.IsProgramFunction, [V], IntType.I64);

    public readonly Constant Generalize = Leaf(&TieringLeaves.Generalize, [Site.Location], IntType.I64);
    public readonly Constant Promote = Leaf(&TieringLeaves.Promote, [IntType.I64, IntType.I64], IntType.I64);
    public readonly Constant PromoteLoop = Leaf(&TieringLeaves.PromoteLoop, [IntType.I64, IntType.I64, LuaTypes.ValuesRef], IntType.I64);

    private static Constant Leaf(delegate* unmanaged<nint, ulong, ulong, ulong, LeafResult> f, MuType[] p, params MuType[] r) => Make((nint)f, p, r);
    private static Constant Leaf(delegate* unmanaged<nint, ulong, ulong, ulong> f, MuType[] p, params MuType[] r) => Make((nint)f, p, r);
    private static Constant Leaf(delegate* unmanaged<nint, ulong, ulong, ulong, ulong> f, MuType[] p, params MuType[] r) => Make((nint)f, p, r);
    private static Constant Leaf(delegate* unmanaged<nint, ulong, ulong> f, MuType[] p, params MuType[] r) => Make((nint)f, p, r);
    private static Constant Leaf(delegate* unmanaged<nint, ulong, LeafResult> f, MuType[] p, params MuType[] r) => Make((nint)f, p, r);
    private static Constant Leaf(delegate* unmanaged<nint, ulong, ulong, LeafResult> f, MuType[] p, params MuType[] r) => Make((nint)f, p, r);
    private static Constant Leaf(delegate* unmanaged<nint, ulong, ulong, ulong, ulong, LeafResult> f, MuType[] p, params MuType[] r) => Make((nint)f, p, r);
    private static Constant Leaf(delegate* unmanaged<nint, ulong, ulong, ulong, ulong, ulong> f, MuType[] p, params MuType[] r) => Make((nint)f, p, r);
    private static Constant Leaf(delegate* unmanaged<nint, ulong, ulong, ulong, ulong, ulong, LeafResult> f, MuType[] p, params MuType[] r) => Make((nint)f, p, r);

    private static IntConstant Make(nint address, MuType[] parameters, MuType[] results) =>
        new(new FunctionReferenceType(TypeKind.UFuncPtr, new FunctionSignature(parameters, results)), (ulong)address);
}
