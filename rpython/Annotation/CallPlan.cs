using Mu.RPython.Flow;
using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

/// <summary>An argument of a planned call: an operand, an item of a tuple operand, a default, or the receiver of a built-in method.</summary>
internal readonly record struct PlannedArgument(Operand Operand, int TupleIndex = -1, bool IsReceiver = false);

/// <summary>What an operation does, as annotation found out; lowering does it.</summary>
internal abstract record CallPlan;

/// <summary>A call of a known function.</summary>
internal sealed record DirectPlan(AnnotatedFunction Target, PlannedArgument[] Arguments) : CallPlan;

/// <summary>A call of a method that depends on the class of argument 0.</summary>
internal sealed record VirtualPlan(ClassType Class, IReadOnlyDictionary<ClassType, AnnotatedFunction> Targets, PlannedArgument[] Arguments) : CallPlan;

/// <summary>A call of one of several functions given as a value.</summary>
internal sealed record IndirectPlan(IReadOnlyDictionary<PyFunction, AnnotatedFunction> Targets, PlannedArgument[] Arguments) : CallPlan;

/// <summary>A new instance, then a call of the initializer if there is one.</summary>
internal sealed record InstantiatePlan(ClassType Class, AnnotatedFunction? Initializer, PlannedArgument[] Arguments) : CallPlan;

/// <summary>An instance of one of several classes, then its initializer.</summary>
internal sealed record InstantiateAnyPlan(IReadOnlyDictionary<PyClass, InstantiatePlan> Classes) : CallPlan;

/// <summary>A built-in operation by name.</summary>
internal sealed record BuiltinPlan(string Name, PlannedArgument[] Arguments) : CallPlan
{
    /// <summary>A library function that is part of it.</summary>
    public DirectPlan? Library { get; init; }
}

/// <summary>A call of one of several objects that a number tells apart.</summary>
internal sealed record SwitchPlan(IReadOnlyList<(object Member, CallPlan Plan)> Cases) : CallPlan
{
    /// <summary>What they are told apart by; null for the operation's first operand.</summary>
    public Operand? On { get; init; }
}

/// <summary>What a memo function gives for some arguments.</summary>
internal sealed record MemoCase(object[] Arguments, object Result);

/// <summary>A call of a memo function: the result of the case that the arguments are.</summary>
internal sealed record MemoPlan(PlannedArgument[] Arguments, IReadOnlyList<MemoCase> Cases) : CallPlan;

/// <summary>What is done with raw memory.</summary>
internal enum RawOperation { Load, Store, Address, Cast }

/// <summary>
/// A place in raw memory: <paramref name="Offset"/> bytes behind the address that argument 0 is, and as many items of a size as argument 1 says when <paramref name="ItemSize"/> is not 0.
/// It is read, written (with the last argument), or its address is taken.
/// </summary>
internal sealed record RawPlan(RawOperation Operation, LowLevelType Type, int Offset, int ItemSize, PlannedArgument[] Arguments) : CallPlan;

/// <summary>A call of a native function; <paramref name="Callbacks"/> has the functions that are given to it as function pointers, by argument.</summary>
internal sealed record NativePlan(NativeFunction Function, PlannedArgument[] Arguments, IReadOnlyDictionary<int, AnnotatedFunction> Callbacks) : CallPlan
{
    /// <summary>Of a call through a function pointer: the pointer.</summary>
    public PlannedArgument? Pointer { get; init; }
}

/// <summary>A function as a function pointer of a type.</summary>
internal sealed record FunctionPointerPlan(AnnotatedFunction Function, LowLevelType Type) : CallPlan;

/// <summary>A new thread that runs a function without arguments; the result is the thread's number.</summary>
internal sealed record ThreadPlan(AnnotatedFunction Function) : CallPlan;

/// <summary>The result is a constant; nothing is to be done.</summary>
internal sealed record ConstantPlan(object Value) : CallPlan;
