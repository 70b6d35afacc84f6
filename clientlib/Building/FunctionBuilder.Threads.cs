using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Building;

// Threads and futexes.
public sealed partial class FunctionBuilder
{
    /// <summary>NEWTHREAD with PASS_VALUES: the thread. The thread-local reference is a ref&lt;void&gt;, or null for NULL.</summary>
    public Value NewThread(Value stack, Value? threadLocal, params ReadOnlySpan<Value> values)
    {
        var used = UseAll(values);
        var clause = NewStackClause.PassValues(Array.ConvertAll(used, v => v.Type), used);
        return Emit(new NewThreadInstruction(Use(stack), threadLocal is null ? null : Use(threadLocal), clause), canRaise: true).Result;
    }

    /// <summary>@uvm.futex.wait: 0 woken, -1 the location holds another value, -2 woken by nobody.</summary>
    public Value FutexWait(Value location, Value expected) => Common(CommonOp.FutexWait, [Referent(location, nameof(FutexWait))], location, expected)!;

    /// <summary>@uvm.futex.wait_timeout, of an int&lt;64&gt; of nanoseconds: as <see cref="FutexWait"/>, and -3 when the time is over.</summary>
    public Value FutexWaitTimeout(Value location, Value expected, Value nanoseconds) =>
        Common(CommonOp.FutexWaitTimeout, [Referent(location, nameof(FutexWaitTimeout))], location, expected, nanoseconds)!;

    /// <summary>@uvm.futex.wake: wakes at most an int&lt;32&gt; of threads; how many it were.</summary>
    public Value FutexWake(Value location, Value most) => Common(CommonOp.FutexWake, [Referent(location, nameof(FutexWake))], location, most)!;

    /// <summary>@uvm.futex.cmp_requeue: wakes at most so many and has the others wait at another location; how many were woken, or -1: the location holds another value.</summary>
    public Value FutexRequeue(Value from, Value to, Value expected, Value most) =>
        Common(CommonOp.FutexCmpRequeue, [Referent(from, nameof(FutexRequeue))], from, to, expected, most)!;
}
