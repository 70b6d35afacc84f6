using Mu.Core.Compiler.Code;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Types;

namespace Mu.Core.Threads;

/// <summary>Calls of Mu functions by native code that the thread has called.</summary>
internal sealed unsafe partial class MuThread
{
    [ThreadStatic] private static MuThread? innermost;
    private MuThread? surrounding;
    private int runs;

    /// <summary>The cookie of the innermost Mu function that native code has called; 0 if there is none.</summary>
    public ulong Cookie { get; private set; }

    /// <summary>The interpreter's call of a native function that is under way; null for compiled code.</summary>
    public NativeArguments* GuardedCall { get; set; }

    /// <summary>The Mu thread of a machine that runs on this operating-system thread.</summary>
    public static MuThread? RunningOn(MuMachine machine)
    {
        MuThread? thread = innermost;
        while (thread is not null && thread.machine != machine) thread = thread.surrounding;
        return thread;
    }

    /// <summary>Calls a function on a new stack. The stack that the thread is bound to waits in its CCALL.</summary>
    public CallbackEnd CallFromNative(NativeEntry entry, CallbackFrame* frame)
    {
        bool isInCall = Context->CurrentStack != null && IsOutside && Context->PendingFunction == 0;
        NativeArguments* guarded = GuardedCall;
        MuOutcome outcome = RunFromNative(entry, frame);
        GuardedCall = guarded;
        if (outcome == MuOutcome.Returned) return CallbackEnd.Return;
        Context->Outcome = (int)outcome;
        if (!isInCall) throw failure ?? new InvalidOperationException(outcome == MuOutcome.Uncaught ? "an exception that nothing catches" : "the thread is ended, but is not the micro VM's");
        ComeInside();
        if (guarded != null)
        {
            frame->Resume = guarded->Resume;
            return CallbackEnd.AbandonInterpreter;
        }

        frame->Resume = (ulong)Context;
        return outcome == MuOutcome.Uncaught ? CallbackEnd.Throw : CallbackEnd.Leave;
    }

    /// <summary>The .NET exception that ended a run inside of a native call, for the run around it.</summary>
    public Exception? TakeFailure() => Interlocked.Exchange(ref failure, null);

    private MuOutcome RunFromNative(NativeEntry entry, CallbackFrame* frame)
    {
        using HeapAccess inside = Inside();
        StackControl* outer = machine.Engine.Suspend(this);
        using var roots = new RootScope(Context);
        if (outer != null) roots.Add(outer->HeapObject);
        (ulong outerCookie, Cookie) = (Cookie, entry.Cookie);
        GuardedCall = null;
        try
        {
            return RunFromNative(entry.Function, frame);
        }
        catch (Exception thrown)
        {
            failure = thrown;
            Context->Outcome = (int)MuOutcome.HostFailure;
            return MuOutcome.HostFailure;
        }
        finally
        {
            Cookie = outerCookie;
            if (outer != null) machine.Engine.Resume(this, outer);
        }
    }

    private MuOutcome RunFromNative(Function function, CallbackFrame* frame)
    {
        StackControl* stack = machine.NewStack(Buffer, (ulong)machine.Functions.CellOf(function));
        if (stack == null)
        {
            Context->Exception = 0;
            return MuOutcome.Uncaught;
        }

        TakeArguments(function.Signature, frame);
        MuOutcome outcome = Run(stack);
        if (outcome == MuOutcome.Returned && function.Signature.Results is [var type]) GiveResult(type, frame);
        return outcome;
    }

    private void TakeArguments(FunctionSignature signature, CallbackFrame* frame)
    {
        var cursor = new ArgumentLocation.Cursor(Context);
        int integers = 0, floats = 0, stacked = 0;
        foreach (MuType type in signature.Parameters)
        {
            ulong word = type.IsFloatingPoint
                ? floats < 8 ? frame->Floats[floats++] : frame->Stacked[stacked++]
                : integers < 6 ? frame->Integers[integers++] : frame->Stacked[stacked++];
            *cursor.Next(type) = type is IntType { Bits: var bits } integer ? IsJustified(bits) ? word << (64 - bits) : word & integer.Mask : word;
        }
    }

    private void GiveResult(MuType type, CallbackFrame* frame)
    {
        var cursor = new ArgumentLocation.Cursor(Context);
        ulong word = *cursor.Next(type);
        frame->IntegerResult = type is IntType { Bits: var bits } integer ? IsJustified(bits) ? word >> (64 - bits) : word & integer.Mask : word;
        frame->FloatResult = word;
    }

    /// <summary>Whether a width sits at the top of its word (docs/abi.md), which native code knows nothing of.</summary>
    private static bool IsJustified(int bits) => bits is not (1 or 8 or 16 or 32 or 64);
}
