using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Mu.Core.Compiler.Code;
using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

internal sealed partial class Decoder
{
    private NativeCallOperation DecodeNativeCall(CCallInstruction i)
    {
        MuType[] parameters = [.. i.Signature.Parameters], results = [.. i.Signature.Results];
        bool fits = results.Length <= 2 && results.All(r => r.IsScalar) && parameters.All(p => p.IsScalar) && (results.Length < 2 || !results.Any(r => r.IsFloatingPoint));
        if (!fits) throw new NotSupportedException($"CCALL with signature {i.Signature.Describe()} is not supported by the interpreter");
        return new NativeCallOperation(i.Convention, parameters, results, Operand(i.Callee), Words(i.Arguments));
    }

    private NativeCallOperation DecodeRuntime(Compiler.RuntimeEntry entry, CommonInstruction i) =>
        new(NativeConvention.Runtime, Array.ConvertAll(i.Operands, o => (MuType)(o.Type is IntType ? IntType.I64 : o.Type)), Array.ConvertAll(i.Results, r => r.Type),
            AddressOperand(host.RuntimeFunction(entry)), Words(i.Operands));

    /// <summary>Futex operations that look at the location get its size as the last argument.</summary>
    private NativeCallOperation DecodeFutex(Compiler.RuntimeEntry entry, CommonInstruction i) =>
        new(NativeConvention.Runtime, [.. Array.ConvertAll(i.Operands, o => o.Type is IntType ? IntType.I64 : o.Type), IntType.I64], Array.ConvertAll(i.Results, r => r.Type),
            AddressOperand(host.RuntimeFunction(entry)), [.. Words(i.Operands), AddressOperand((ulong)TypeLayout.Of(i.Types[0]).Size)]);

    private int AddressOperand(ulong address)
    {
        constants.Add(address);
        return ~(constants.Count - 1);
    }
}

/// <summary>
/// CCALL, and instructions that are left to a runtime function. Runtime functions get the thread's context first; a collection waits for them. Other native functions may
/// block, and hold no collection up.
/// </summary>
internal sealed unsafe class NativeCallOperation(NativeConvention convention, MuType[] parameters, MuType[] results, int callee, int[] arguments) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        bool isRuntime = convention == NativeConvention.Runtime;
        var call = new NativeArguments();
        ulong* stacked = stackalloc ulong[arguments.Length + 1];
        call.Stacked = stacked;
        int integers = 0, floats = 0;
        if (isRuntime) call.Integers[integers++] = (ulong)thread.Context;
        for (int i = 0; i < arguments.Length; i++)
        {
            ulong word = frame.Get(arguments[i]);
            if (isRuntime) word = IntWord.ToContract(parameters[i], word);
            if (parameters[i].IsFloatingPoint && floats < 8) call.Floats[floats++] = word;
            else if (!parameters[i].IsFloatingPoint && integers < 6) call.Integers[integers++] = word;
            else stacked[call.StackedCount++] = word;
        }

        call.Function = frame.Get(callee);
        if (call.Function == 0) throw new MuExecutionException($"{Describe()}: CCALL of NULL");
        if (!Invoke(thread, ref call, isRuntime)) return false;
        if (results.Length > 0) frame.Words[ResultSlot] = Result(results[0], results[0].IsFloatingPoint ? call.FloatResult : call.First, isRuntime);
        if (results.Length > 1) frame.Words[ResultSlot + 1] = Result(results[1], call.Second, isRuntime);
        return Finish(frame);
    }

    private static ulong Result(MuType type, ulong word, bool isRuntime) =>
        isRuntime || type.IsFloatingPoint ? IntWord.FromContract(type, word) : word & IntWord.Mask(IntWord.BitsOf(type));

    /// <summary>Calls. False: a Mu function that native code has called threw or ended the thread, and control is elsewhere.</summary>
    private static bool Invoke(InterpreterThread thread, ref NativeArguments call, bool isRuntime)
    {
        if (OperatingSystem.IsWindows() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new PlatformNotSupportedException("the interpreter calls native functions by the System V x64 convention only");
        var guarded = (delegate* unmanaged<NativeArguments*, int>)thread.Host.GuardedCall;
        fixed (NativeArguments* pointer = &call)
        {
            if (isRuntime) return guarded(pointer) == 0;
            MuThread caller = MuThread.Of(thread.Context);
            NativeArguments* around = caller.GuardedCall;
            caller.GuardedCall = pointer;
            thread.Host.EnterNative(thread);
            bool isAbandoned = guarded(pointer) != 0;
            thread.Host.LeaveNative(thread);
            caller.GuardedCall = around;
            if (!isAbandoned) return true;
            if (caller.TakeFailure() is { } failure) ExceptionDispatchInfo.Throw(failure);
            if ((MuOutcome)thread.Context->Outcome == MuOutcome.Exited) thread.Exit();
            else thread.Throw(thread.Context->Exception);
            return false;
        }
    }
}
