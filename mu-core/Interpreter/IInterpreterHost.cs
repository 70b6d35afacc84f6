using Mu.Core.Compiler;
using Mu.Core.Heap;
using Mu.Core.IR;

namespace Mu.Core.Interpreter;

/// <summary>What the interpreter asks of the micro VM around it.</summary>
internal interface IInterpreterHost
{
    /// <summary>The heap.</summary>
    MuHeap Heap { get; }

    /// <summary>Address of a global cell, a function's cell, a native symbol or an exposed function: fixed for good.</summary>
    ulong AddressOf(GlobalValue entity);

    /// <summary>The function of a funcref.</summary>
    Function FunctionAt(ulong funcref);

    /// <summary>What a call of the function enters now; null if it is undefined.</summary>
    FunctionVersion? NewestVersion(Function function);

    /// <summary>Called instead of a function for which a stack has no room; null: NULL is thrown.</summary>
    Function? OverflowFunction { get; }

    /// <summary>A function without a version is called: the client may define it now.</summary>
    void OnUndefinedFunction(InterpreterThread thread, Function function);

    /// <summary>A TRAP or an enabled WATCHPOINT: the stack is ready and unbound; the answer says how the thread goes on.</summary>
    Resumption OnTrap(InterpreterThread thread, InterpreterStack stack, int watchpoint);

    /// <summary>Whether a watchpoint is enabled.</summary>
    bool IsWatchpointEnabled(int watchpoint);

    /// <summary>@uvm.new_stack: the stack object; 0 if there is no memory for it.</summary>
    ulong NewStack(InterpreterThread thread, Function function);

    /// <summary>NEWTHREAD: starts a thread on a ready stack, and gives its thread object; 0 if that failed.</summary>
    ulong NewThread(InterpreterThread parent, ulong threadLocal, in Resumption start);

    /// <summary>Something is asked of the thread at a safepoint. False: it must end.</summary>
    bool OnSafepoint(InterpreterThread thread);

    /// <summary>The function to call in place of going on from a safepoint, which ends with an exception; null: the thread goes on.</summary>
    Function? Interruption(InterpreterThread thread);

    /// <summary>The thread calls native code that may block: from here on it holds no collection up.</summary>
    void EnterNative(InterpreterThread thread);

    /// <summary>The thread comes back from native code.</summary>
    void LeaveNative(InterpreterThread thread);

    /// <summary>Address of the native function that calls native functions (<see cref="Compiler.Code.NativeArguments"/>).</summary>
    ulong GuardedCall { get; }

    /// <summary>Address of a function with the runtime convention that both engines leave an operation to.</summary>
    ulong RuntimeFunction(RuntimeEntry entry);
}

/// <summary>How a thread goes on: on which stack, and with values or with an exception.</summary>
internal readonly struct Resumption
{
    private Resumption(InterpreterStack? stack, ulong[] values, ulong exception, bool throws) => (Stack, Values, Exception, Throws) = (stack, values, exception, throws);

    /// <summary>The stack; null: the thread ends.</summary>
    public InterpreterStack? Stack { get; }

    /// <summary>The words passed, in the interpreter's form.</summary>
    public ulong[] Values { get; }

    /// <summary>The exception, if <see cref="Throws"/>.</summary>
    public ulong Exception { get; }

    /// <summary>Whether an exception is raised.</summary>
    public bool Throws { get; }

    /// <summary>The thread ends.</summary>
    public static Resumption Exit => new(null, [], 0, false);

    /// <summary>Values are passed to the stack's top frame.</summary>
    public static Resumption PassValues(InterpreterStack stack, params ulong[] values) => new(stack, values, 0, false);

    /// <summary>An exception is raised in the stack's top frame.</summary>
    public static Resumption Throw(InterpreterStack stack, ulong exception) => new(stack, [], exception, true);
}
