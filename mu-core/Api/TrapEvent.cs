using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>A trap: the thread's stack is unbound and ready; the handler answers with a <see cref="TrapResult"/>. Valid during the handler.</summary>
public sealed unsafe class TrapEvent
{
    private readonly TrapPoint point;

    internal TrapEvent(MuContext context, TrapPoint point)
    {
        (Context, this.point) = (context, point);
        Stack = context.Handle(SimpleType.StackRef, point.Stack->HeapObject);
    }

    /// <summary>A context for the handler, closed after it.</summary>
    public MuContext Context { get; }

    /// <summary>The thread that trapped (a threadref).</summary>
    /// <exception cref="MuOutOfMemoryException">It has no thread object yet, and the heap is exhausted.</exception>
    public MuValue Thread => Context.ThreadReference();

    /// <summary>The unbound stack (a stackref).</summary>
    public MuValue Stack { get; }

    /// <summary>The trapping function (<c>cur_func</c>).</summary>
    public Function Function => point.Frame.Function;

    /// <summary>Its version (<c>cur_func_ver</c>).</summary>
    public FunctionVersion? Version => point.Frame.Version;

    /// <summary>The trapping instruction (<c>cur_inst</c>).</summary>
    public Instruction? Instruction => point.Frame.Instruction;

    /// <summary>The number of the watchpoint; 0 for a TRAP.</summary>
    public int Watchpoint => Instruction is WatchpointInstruction watchpoint ? watchpoint.WatchpointId : 0;

    /// <summary>The values of the instruction's KEEPALIVE clause (<c>dump_keepalives</c>).</summary>
    public MuValue[] KeepAlives() => Context.KeepAlives(point.Frame);

    /// <summary>A cursor at the trapping frame (<c>new_cursor</c>).</summary>
    public FrameCursor NewCursor() => Context.NewCursor(Stack);
}

/// <summary>How the thread goes on after a trap.</summary>
public sealed class TrapResult
{
    private TrapResult(TrapAction action, MuValue[] values, MuValue? stack) => (Action, Values, Stack) = (action, values, stack);

    /// <summary>The thread ends (<c>MU_THREAD_EXIT</c>).</summary>
    public static TrapResult Exit { get; } = new(TrapAction.Exit, [], null);

    internal TrapAction Action { get; }

    internal MuValue[] Values { get; }

    internal MuValue? Stack { get; }

    /// <summary>The stack (the trapped one, or another ready one) goes on with values (<c>MU_REBIND_PASS_VALUES</c>).</summary>
    public static TrapResult PassValues(MuValue[] values, MuValue? stack = null) => new(TrapAction.PassValues, values, stack);

    /// <summary>An exception is raised in the stack (<c>MU_REBIND_THROW_EXC</c>).</summary>
    public static TrapResult Throw(MuValue exception, MuValue? stack = null) => new(TrapAction.Throw, [exception], stack);
}
