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
        if (outcome == MuOutcome.Returned && function.Signature.Results.Count > 0) GiveResult(function.Signature, frame);
        return outcome;
    }

    private void TakeArguments(FunctionSignature signature, CallbackFrame* frame)
    {
        var native = NativeSignature.Of(signature);
        var cursor = new ArgumentLocation.Cursor(Context);
        for (int p = 0; p < native.Parameters.Length; p++)
        {
            NativePlace[] places = native.Parameters[p];
            MuType type = signature.Parameters[p];
            if (type.IsWord)
            {
                *cursor.Next(type) = NativeImage.FromWord(type, *Argument(frame, places[0]));
                continue;
            }

            foreach (ScalarPart part in ScalarPart.Of(type))
                *cursor.Next(part.Type) = NativeImage.Read(part.Type, (byte*)Argument(frame, places[part.Offset / 8]) + part.Offset % 8);
        }
    }

    private void GiveResult(FunctionSignature signature, CallbackFrame* frame)
    {
        var native = NativeSignature.Of(signature);
        MuType type = signature.Results[0];
        var cursor = new ArgumentLocation.Cursor(Context);
        if (type.IsWord)
        {
            *Result(frame, native.Result[0]) = NativeImage.ToWord(type, *cursor.Next(type));
            return;
        }

        byte* memory = native.ReturnsInMemory ? (byte*)frame->Integers[0] : null;
        foreach (ScalarPart part in ScalarPart.Of(type))
            NativeImage.Write(part.Type, memory != null ? memory + part.Offset : (byte*)Result(frame, native.Result[part.Offset / 8]) + part.Offset % 8, *cursor.Next(part.Type));
        if (memory != null) frame->IntegerResults[0] = (ulong)memory;
    }

    private static ulong* Argument(CallbackFrame* frame, NativePlace place) => place.Kind switch
    {
        NativePlaceKind.Integer => &frame->Integers[place.Index],
        NativePlaceKind.Float => &frame->Floats[place.Index],
        _ => &frame->Stacked[place.Index],
    };

    private static ulong* Result(CallbackFrame* frame, NativePlace place) =>
        place.Kind == NativePlaceKind.Float ? &frame->FloatResults[place.Index] : &frame->IntegerResults[place.Index];
}
