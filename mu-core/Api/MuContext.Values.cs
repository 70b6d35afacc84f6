using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>Handles from numbers and global variables, and numbers from handles.</summary>
public sealed unsafe partial class MuContext
{
    private static readonly ReferenceType RefVoid = new(TypeKind.Ref, SimpleType.Void);

    /// <summary>An integer of up to 64 bits, of which the type's low bits count, or a pointer (<c>handle_from_uint64</c>, <c>_sint64</c> and their narrower kin, <c>_ptr</c>, <c>_fp</c>).</summary>
    public MuValue FromInteger(MuType type, ulong value) => type switch
    {
        { IsWideInt: true } => FromWideInteger(type, value),
        IntType i => Handle(i, ScalarWord.FromInteger(i, value)),
        { IsPointer: true } => Handle(type, value),
        _ => throw new ArgumentException($"{type} is no integer or pointer type"),
    };

    /// <summary>An integer given with its sign (<c>handle_from_sint64</c> and its narrower kin).</summary>
    public MuValue FromInteger(MuType type, long value) => type.IsWideInt ? FromWideInteger(type, (UInt128)(Int128)value) : FromInteger(type, (ulong)value);

    /// <summary>An int&lt;128&gt; (<c>handle_from_uint64s</c>).</summary>
    public MuValue FromWideInteger(MuType type, UInt128 value) =>
        type.IsWideInt ? Handle(type, [(ulong)value, (ulong)(value >> 64)]) : throw new ArgumentException($"{type} has no more than 64 bits");

    /// <summary>The integer, zero-extended, of any width.</summary>
    public UInt128 ToUInt128(MuValue value) =>
        TypeOf(value).IsWideInt && handles.Words(value) is [var low, var high] ? new UInt128(high, low) : ToUInt64(value);

    /// <summary>An int&lt;32&gt; (<c>handle_from_sint32</c>).</summary>
    public MuValue FromInt32(int value) => FromInteger(IntType.I32, value);

    /// <summary>An int&lt;64&gt; (<c>handle_from_sint64</c>).</summary>
    public MuValue FromInt64(long value) => FromInteger(IntType.I64, value);

    /// <summary>A <c>double</c> (<c>handle_from_double</c>).</summary>
    public MuValue FromDouble(double value) => Handle(SimpleType.Double, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A <c>float</c> (<c>handle_from_float</c>).</summary>
    public MuValue FromFloat(float value) => Handle(SimpleType.Float, BitConverter.SingleToUInt32Bits(value));

    /// <summary>NULL of a general reference type or a pointer type.</summary>
    public MuValue Null(MuType type) =>
        (type.IsGeneralReference && type.Kind != TypeKind.WeakRef) || type.IsPointer ? Handle(type, 0UL) : throw new ArgumentException($"{type} has no NULL value");

    /// <summary>A constant (<c>handle_from_const</c>).</summary>
    public MuValue FromConstant(Constant constant) => Handle(constant.Type, ScalarWord.OfConstant(constant, vm.Machine.Addresses.Of).ToArray());

    /// <summary>A global cell's iref (<c>handle_from_global</c>).</summary>
    public MuValue FromGlobal(GlobalCell cell) => Handle(cell.Type, vm.AddressOf(cell));

    /// <summary>A function (<c>handle_from_func</c>).</summary>
    public MuValue FromFunction(Function function) => Handle(function.Type, vm.Machine.Addresses.Of(function));

    /// <summary>The constant, global cell or function of an id (<c>handle_from_const</c>, <c>_global</c>, <c>_func</c>, <c>_expose</c>).</summary>
    public MuValue FromId(int id) => vm.Find(id) switch
    {
        Constant constant => FromConstant(constant),
        GlobalCell cell => FromGlobal(cell),
        Function function => FromFunction(function),
        ExposedFunction exposed => Handle(exposed.Type, vm.Machine.Addresses.Of(exposed)),
        Entity other => throw new ArgumentException($"{other} is no global variable with a value"),
    };

    /// <summary>The integer, zero-extended (<c>handle_to_uint64</c> and its narrower kin, <c>_ptr</c>, <c>_fp</c>).</summary>
    public ulong ToUInt64(MuValue value) => TypeOf(value) switch
    {
        { IsWideInt: true } => throw new ArgumentException("the value has more than 64 bits: ToUInt128 gives it"),
        IntType i => ScalarWord.ToInteger(i, Word(value)),
        { IsPointer: true } => Word(value),
        MuType other => throw new ArgumentException($"{other} is no integer or pointer type"),
    };

    /// <summary>The integer, sign-extended (<c>handle_to_sint64</c> and its narrower kin).</summary>
    public long ToInt64(MuValue value) =>
        TypeOf(value) is IntType i ? (long)(ToUInt64(value) << (64 - i.Bits)) >> (64 - i.Bits) : (long)ToUInt64(value);

    /// <summary>The double (<c>handle_to_double</c>).</summary>
    public double ToDouble(MuValue value) => BitConverter.UInt64BitsToDouble(Word(value, TypeKind.Double));

    /// <summary>The float (<c>handle_to_float</c>).</summary>
    public float ToFloat(MuValue value) => BitConverter.UInt32BitsToSingle((uint)Word(value, TypeKind.Float));

    /// <summary>The function of a funcref; null for NULL.</summary>
    public Function? ToFunction(MuValue value) => Word(value, TypeKind.FuncRef) is var cell and not 0 ? vm.Machine.Functions.FunctionAt(cell) : null;

    /// <summary>Whether a reference is NULL.</summary>
    public bool IsNull(MuValue value) =>
        TypeOf(value) is { IsGeneralReference: true } or { IsPointer: true } ? Word(value) == 0 : throw new ArgumentException($"{TypeOf(value)} is no reference type");

    /// <summary>Whether two references of one kind are the same (<c>ref_eq</c>).</summary>
    public bool SameReference(MuValue a, MuValue b)
    {
        using HeapAccess inside = Thread.Inside();
        if (!TypeOf(a).IsGeneralReference || TypeOf(a).Kind != TypeOf(b).Kind) throw new ArgumentException($"{TypeOf(a)} and {TypeOf(b)} are no references of one kind");
        return Word(a) == Word(b);
    }

    /// <summary>Whether one iref is before another in the same object or array (<c>ref_ult</c>).</summary>
    public bool IsBefore(MuValue a, MuValue b)
    {
        using HeapAccess inside = Thread.Inside();
        return Word(a, TypeKind.IRef) < Word(b, TypeKind.IRef);
    }

    /// <summary>The same reference with another referent or signature (<c>refcast</c>): ref to ref, iref to iref, funcref to funcref.</summary>
    public MuValue RefCast(MuValue value, MuType type)
    {
        using HeapAccess inside = Thread.Inside();
        MuType from = TypeOf(value);
        bool allowed = from.Kind == type.Kind && type.Kind is TypeKind.Ref or TypeKind.IRef or TypeKind.FuncRef;
        return allowed ? Handle(type, Word(value)) : throw new ArgumentException($"{from} cannot be cast to {type}");
    }
}
