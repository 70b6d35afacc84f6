using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>
/// What a client with runtime functions in C# needs of a micro VM beyond the specification: types for allocation, addresses of global cells, weak tables outside
/// the heap. These work on raw addresses: see docs/abi.md, "Runtime functions".
/// </summary>
public static class RuntimeInterface
{
    /// <summary>Attaches an object that runtime functions find again through <see cref="Mutator.ClientState"/>.</summary>
    public static void SetClientState(this MuVM vm, object state) => vm.Machine.ClientState = state;

    /// <summary>A type for allocation by runtime functions.</summary>
    public static HeapType HeapTypeOf(this MuVM vm, MuType type) => new(vm.Machine.Heap.Types.TypeIdOf(type));

    /// <summary>
    /// A variant of a hybrid type whose variable part is weak. With pairs, of neighbouring tagref64 elements or of the two tagref64 fields of a struct element, the first is
    /// the key. An entry that dies gets the cleared words. References with one of the <paramref name="strongTags"/> (a bit set) are never weak.
    /// </summary>
    public static HeapType WeakHeapTypeOf(this MuVM vm, HybridType type, Weakness weakness, ulong clearedKey, ulong clearedValue, ulong strongTags) =>
        new(vm.Machine.Heap.Types.WeakTypeIdOf(type, new WeakPolicy((WeakMode)weakness, clearedKey, clearedValue, strongTags)));

    /// <summary>Address of a global cell; it never moves.</summary>
    public static ulong AddressOfGlobal(this MuVM vm, GlobalCell cell) => vm.AddressOf(cell);

    /// <summary>The word of a function as a funcref.</summary>
    public static unsafe ulong FunctionCell(this MuVM vm, Function function) => (ulong)vm.Machine.Functions.CellOf(function);

    /// <summary>The mutator of a context's thread, for work on the heap while no Mu code runs on it, and in its undefined-function handler.</summary>
    public static unsafe Mutator OpenMutator(this MuContext context) => new((nint)context.Thread.Context);

    /// <summary>
    /// Keeps collections of other threads from running until the result is disposed of. In a micro VM with several threads, raw addresses (of <see cref="OpenMutator"/>, <see cref="ToAddress"/>) are
    /// used in such a scope only; the scope must be short.
    /// </summary>
    public static HeapScope OpenHeap(this MuContext context) => new(context.Thread);

    /// <summary>A handle of a reference from an object's address.</summary>
    public static MuValue FromReference(this MuContext context, ReferenceType type, ulong address) => context.Handle(type, address);

    /// <summary>A handle of a tagref64 from its word.</summary>
    public static MuValue FromTagRef(this MuContext context, ulong word) => context.Handle(SimpleType.TagRef64, word);

    /// <summary>The word of a handle: an address for references.</summary>
    public static ulong ToAddress(this MuContext context, MuValue value) => context.Word(value);

    /// <summary>Has a holder of weak slots shown to the collector from now on.</summary>
    public static void AddWeakSlots(this MuVM vm, IWeakSlots slots) => vm.Machine.Heap.AddRootSource(new WeakSlotSource(slots));

    /// <summary>Has an object reported by <see cref="TryTakeFinalizable"/> once it is unreachable.</summary>
    public static void RegisterFinalizable(this MuVM vm, ulong reference) => vm.Machine.Heap.RegisterFinalizable(reference);

    /// <summary>Whether <see cref="TryTakeFinalizable"/> would give an object.</summary>
    public static bool HasFinalizable(this MuVM vm) => vm.Machine.Heap.HasFinalizable;

    /// <summary>Takes an object that was found unreachable, in reverse order of registration; it is alive again.</summary>
    public static bool TryTakeFinalizable(this MuVM vm, out ulong reference) => vm.Machine.Heap.TryTakeFinalizable(out reference);

    /// <summary>Collects now.</summary>
    public static void Collect(this MuVM vm) => vm.Machine.Heap.Collect();

    /// <summary>Bytes that the heap holds at the moment.</summary>
    public static ulong HeapBytes(this MuVM vm) => vm.Machine.Heap.HeapBytes;

    /// <summary>Bytes of what lived after the last collection and of what has been allocated since.</summary>
    public static ulong UsedBytes(this MuVM vm) => vm.Machine.Heap.UsedBytes;

    /// <summary>
    /// Has a Mu function without parameters called in the place of one for which there is no room on the stack. It has 64 KB of reserve for what it calls, and must end with
    /// <see cref="Mutator.LeaveStackReserve"/> and an exception; an overflow of the reserve is the exception NULL.
    /// </summary>
    public static void SetOverflowFunction(this MuVM vm, Function function) => vm.Machine.OverflowFunction = function;

    /// <summary>
    /// Says what a thread does that was interrupted (<see cref="RequestInterrupt"/>): at its next safepoint the handler is called, on the thread and like a runtime function, and may have a Mu function
    /// called that takes nothing and ends with an exception. At a function's entry the exception is raised by the call of that function; at the head of a loop no handler of the function that the
    /// loop is in catches it.
    /// </summary>
    public static unsafe void SetInterrupt(this MuVM vm, Function function, InterruptHandler handler) =>
        vm.Machine.Interruption = new Interruption(function, thread => (InterruptDecision)handler(new Mutator((nint)thread.Context)));

    /// <summary>
    /// Interrupts the context's thread at its next safepoint; from any thread. The request can be overtaken by a stack switch, and is heard late then: who is in a hurry asks again until the handler has been called.
    /// </summary>
    public static void RequestInterrupt(this MuContext context) => context.Thread.Machine.World.RequestInterrupt(context.Thread);

    /// <summary>Takes a request back that has not been heard.</summary>
    public static void WithdrawInterrupt(this MuContext context) => context.Thread.Machine.World.TakeInterrupt(context.Thread);

    /// <summary>Has a delegate called after each collection, on the thread that asked for it, which is inside: it may look at statistics and request interrupts.</summary>
    public static void SetCollectionObserver(this MuVM vm, Action? observer) => vm.Machine.Heap.Collected = observer;

    /// <summary>How often the heap could not meet a request: a client that caught NULL finds out whether memory or a stack was exhausted.</summary>
    public static long Exhaustions(this MuVM vm) => vm.Machine.Heap.Exhaustions;

    /// <summary>Number of stacks that are alive, or were at the last collection.</summary>
    public static int LiveStacks(this MuVM vm) => vm.Machine.Stacks.Live;

    /// <summary>Has collections wait until memory is short, or no longer.</summary>
    public static void PauseCollector(this MuVM vm, bool isPaused) => vm.Machine.Heap.IsPaused = isPaused;

    /// <summary>Has all objects registered for finalisation handed out, dead or not, the last registered first.</summary>
    public static void RetireFinalizable(this MuVM vm) => vm.Machine.Heap.RetireFinalizable();
}

/// <summary>What is weak in a weak hybrid.</summary>
public enum Weakness
{
    /// <summary>Each element.</summary>
    Elements = (int)WeakMode.Elements,
    /// <summary>The keys of pairs; a value lives as long as its key (an ephemeron).</summary>
    Keys = (int)WeakMode.Keys,
    /// <summary>The values of pairs.</summary>
    Values = (int)WeakMode.Values,
    /// <summary>Both.</summary>
    KeysAndValues = (int)WeakMode.KeysAndValues,
}

/// <summary>Decides what an interrupted thread does.</summary>
public delegate InterruptAnswer InterruptHandler(Mutator mutator);

/// <summary>What an interrupted thread does.</summary>
public enum InterruptAnswer
{
    /// <summary>It goes on.</summary>
    GoOn = (int)InterruptDecision.GoOn,
    /// <summary>It goes on to its next safepoint and asks again there.</summary>
    AskAgain = (int)InterruptDecision.AskAgain,
    /// <summary>It calls the function that raises an exception.</summary>
    Raise = (int)InterruptDecision.Raise,
}
