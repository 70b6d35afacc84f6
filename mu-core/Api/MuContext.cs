using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>A handle: a value of the micro VM as its client holds it. It keeps what it refers to alive until <see cref="MuContext.Delete"/> or the context's end.</summary>
/// <param name="Index">The handle's number in its context.</param>
public readonly record struct MuValue(int Index);

/// <summary>An exception of Mu code that no frame caught.</summary>
public sealed class UncaughtMuException(MuValue exception) : Exception("uncaught exception of Mu code")
{
    /// <summary>The reference thrown.</summary>
    public MuValue Exception { get; } = exception;
}

/// <summary>
/// Handles, and a thread to run functions on (the specification's <c>MuCtx</c>); for one client thread at a time.
/// </summary>
public sealed unsafe class MuContext : IRootSource, IDisposable
{
    private static readonly ReferenceType RefVoid = new(TypeKind.Ref, SimpleType.Void);
    private readonly MuVM vm;
    private readonly MuThread thread;
    private readonly NativeList<ulong> words = new();
    private readonly List<MuType?> types = [];
    private readonly Stack<int> free = new();
    private readonly bool ownsThread;

    internal MuThread Thread => thread;

    internal MuContext(MuVM vm, MuThread? running = null)
    {
        this.vm = vm;
        ownsThread = running is null;
        thread = running ?? new MuThread(vm.Machine);
        vm.Machine.Heap.AddRootSource(this);
    }

    /// <summary>The type of a handle's value.</summary>
    public MuType TypeOf(MuValue value) => types[value.Index] ?? throw new ObjectDisposedException(nameof(MuValue));

    /// <summary>An integer, also of a pointer type (<c>handle_from_uint64</c>, <c>_sint64</c>, <c>_ptr</c>, <c>_fp</c>).</summary>
    public MuValue FromInteger(MuType type, ulong value) => type switch
    {
        IntType { Bits: > 64 } => throw new NotSupportedException($"a handle of type {type}"),
        IntType i => Handle(i, IsJustified(i) ? value << (64 - i.Bits) : value & i.Mask),
        { IsPointer: true } => Handle(type, value),
        _ => throw new ArgumentException($"{type} is no integer type"),
    };

    /// <summary>A <c>double</c> (<c>handle_from_double</c>).</summary>
    public MuValue FromDouble(double value) => Handle(SimpleType.Double, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A <c>float</c> (<c>handle_from_float</c>).</summary>
    public MuValue FromFloat(float value) => Handle(SimpleType.Float, BitConverter.SingleToUInt32Bits(value));

    /// <summary>A function (<c>handle_from_func</c>).</summary>
    public MuValue FromFunction(Function function) => Handle(function.Type, vm.Machine.Addresses.Of(function));

    /// <summary>A global cell's iref (<c>handle_from_global</c>).</summary>
    public MuValue FromGlobal(GlobalCell cell) => Handle(cell.Type, vm.AddressOf(cell));

    /// <summary>The integer, zero-extended (<c>handle_to_uint64</c>, <c>_ptr</c>, <c>_fp</c>).</summary>
    public ulong ToUInt64(MuValue value) => TypeOf(value) switch
    {
        IntType i => IsJustified(i) ? Word(value) >> (64 - i.Bits) : Word(value) & i.Mask,
        { IsPointer: true } => Word(value),
        MuType other => throw new ArgumentException($"{other} is no integer type"),
    };

    /// <summary>The integer, sign-extended (<c>handle_to_sint64</c>).</summary>
    public long ToInt64(MuValue value) =>
        TypeOf(value) is IntType i ? (long)(ToUInt64(value) << (64 - i.Bits)) >> (64 - i.Bits) : (long)ToUInt64(value);

    /// <summary>The double (<c>handle_to_double</c>).</summary>
    public double ToDouble(MuValue value) => BitConverter.UInt64BitsToDouble(Typed(value, TypeKind.Double));

    /// <summary>The float (<c>handle_to_float</c>).</summary>
    public float ToFloat(MuValue value) => BitConverter.UInt32BitsToSingle((uint)Typed(value, TypeKind.Float));

    /// <summary>Whether two references are the same (<c>ref_eq</c>).</summary>
    public bool SameReference(MuValue a, MuValue b) => Word(a) == Word(b);

    /// <summary>A new object (<c>new_fixed</c>).</summary>
    public MuValue NewFixed(MuType type) => Allocated(type, vm.Machine.Heap.AllocateFixed(thread.Buffer, vm.Machine.Heap.Types.TypeIdOf(type)));

    /// <summary>A new hybrid (<c>new_hybrid</c>).</summary>
    public MuValue NewHybrid(HybridType type, ulong length) =>
        Allocated(type, vm.Machine.Heap.AllocateHybrid(thread.Buffer, vm.Machine.Heap.Types.TypeIdOf(type), length));

    /// <summary>Calls a function on a new stack and waits for its results. An uncaught exception arrives as <see cref="UncaughtMuException"/>.</summary>
    public MuValue[] Call(Function function, params ReadOnlySpan<MuValue> arguments)
    {
        FunctionSignature signature = function.Signature;
        if (arguments.Length != signature.Parameters.Count) throw new ArgumentException($"{function.Name} has {signature.Parameters.Count} parameters");
        StackControl* stack = vm.Machine.NewStack(thread.Buffer, (ulong)vm.Machine.Functions.CellOf(function), large: true);
        if (stack == null) throw new InsufficientMemoryException("the Mu heap is exhausted");
        var cursor = new ArgumentLocation.Cursor(thread.Context);
        for (int i = 0; i < arguments.Length; i++) *cursor.Next(signature.Parameters[i]) = Word(arguments[i]);
        return thread.Run(stack) switch
        {
            MuOutcome.Returned => Results(signature),
            MuOutcome.Uncaught => throw new UncaughtMuException(Handle(RefVoid, thread.Context->Exception)),
            _ => [],
        };
    }

    /// <summary>Frees a handle (<c>delete_value</c>).</summary>
    public void Delete(MuValue value)
    {
        _ = TypeOf(value);
        types[value.Index] = null;
        words[value.Index] = 0;
        free.Push(value.Index);
    }

    /// <summary>Ends the context with all its handles (<c>close_context</c>).</summary>
    public void Dispose()
    {
        vm.Machine.Heap.RemoveRootSource(this);
        if (ownsThread) thread.Dispose();
        words.Dispose();
    }

    void IRootSource.VisitRoots(IRootVisitor visitor)
    {
        for (int i = 0; i < types.Count; i++)
        {
            SlotKind kind = types[i] is { } type ? TypeLayout.KindOf(type) : SlotKind.None;
            if (kind != SlotKind.None) visitor.Visit((ulong*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref words[i]), kind);
        }
    }

    /// <summary>Puts a trap handler's answer where the stack to resume expects it.</summary>
    internal TrapDecision Decide(TrapResult result)
    {
        if (result.Action == TrapAction.Throw) thread.Context->Exception = Word(result.Values[0]);
        if (result.Action == TrapAction.PassValues)
        {
            var cursor = new ArgumentLocation.Cursor(thread.Context);
            foreach (MuValue value in result.Values) *cursor.Next(TypeOf(value)) = Word(value);
        }
        return new TrapDecision(result.Action, result.Stack is { } stack ? *(ulong*)Typed(stack, TypeKind.StackRef) : 0);
    }

    private static bool IsJustified(IntType type) => type.Bits is not (1 or 8 or 16 or 32 or 64);

    private MuValue[] Results(FunctionSignature signature)
    {
        var results = new MuValue[signature.Results.Count];
        var cursor = new ArgumentLocation.Cursor(thread.Context);
        for (int i = 0; i < results.Length; i++) results[i] = Handle(signature.Results[i], *cursor.Next(signature.Results[i]));
        return results;
    }

    private MuValue Allocated(MuType type, ulong reference) =>
        reference != 0 ? Handle(new ReferenceType(TypeKind.Ref, type), reference) : throw new InsufficientMemoryException("the Mu heap is exhausted");

    internal ulong Word(MuValue value)
    {
        _ = TypeOf(value);
        return words[value.Index];
    }

    private ulong Typed(MuValue value, TypeKind kind) =>
        TypeOf(value).Kind == kind ? Word(value) : throw new ArgumentException($"the value is of type {TypeOf(value)}");

    internal MuValue Handle(MuType type, ulong word)
    {
        if (!free.TryPop(out int index))
        {
            index = types.Count;
            types.Add(null);
            words.Add(0);
        }
        types[index] = type;
        words[index] = word;
        return new MuValue(index);
    }
}
