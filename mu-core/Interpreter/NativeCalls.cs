using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Mu.Core.Compiler.Code;
using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

internal sealed partial class Decoder
{
    private NativeCallOperation DecodeNativeCall(CCallInstruction i) => i.Convention == NativeConvention.Runtime
        ? new RuntimeCallOperation([.. i.Signature.Parameters], [.. i.Signature.Results], Operand(i.Callee), Words(i.Arguments))
        : new PlatformCallOperation(i.Signature, Operand(i.Callee), Words(i.Arguments));

    private RuntimeCallOperation DecodeRuntime(Compiler.RuntimeEntry entry, CommonInstruction i) =>
        new(Array.ConvertAll(i.Operands, o => (MuType)(o.Type is IntType ? IntType.I64 : o.Type)), Array.ConvertAll(i.Results, r => r.Type),
            AddressOperand(host.RuntimeFunction(entry)), Words(i.Operands));

    /// <summary>Futex operations that look at the location get its size as the last argument.</summary>
    private RuntimeCallOperation DecodeFutex(Compiler.RuntimeEntry entry, CommonInstruction i) =>
        new([.. Array.ConvertAll(i.Operands, o => o.Type is IntType ? IntType.I64 : o.Type), IntType.I64], Array.ConvertAll(i.Results, r => r.Type),
            AddressOperand(host.RuntimeFunction(entry)), [.. Words(i.Operands), AddressOperand((ulong)TypeLayout.Of(i.Types[0]).Size)]);

    private int AddressOperand(ulong address)
    {
        constants.Add(address);
        return ~(constants.Count - 1);
    }
}

/// <summary>CCALL, and instructions that are left to a runtime function.</summary>
internal abstract unsafe class NativeCallOperation : Operation
{
    /// <summary>Calls. False: a Mu function that native code has called threw or ended the thread, and control is elsewhere.</summary>
    protected static bool Invoke(InterpreterThread thread, ref NativeArguments call, bool isRuntime)
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

/// <summary>A runtime function gets the thread's context first, and words in the form that compiled code has them; a collection waits for it.</summary>
internal sealed unsafe class RuntimeCallOperation(MuType[] parameters, MuType[] results, int callee, int[] arguments) : NativeCallOperation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        var call = new NativeArguments();
        ulong* stacked = stackalloc ulong[arguments.Length + 1];
        call.Stacked = stacked;
        int integers = 0, floats = 0;
        call.Integers[integers++] = (ulong)thread.Context;
        for (int i = 0; i < arguments.Length; i++)
        {
            ulong word = IntWord.ToContract(parameters[i], frame.Get(arguments[i]));
            if (parameters[i].IsFloatingPoint && floats < NativeSignature.FloatRegisters) call.Floats[floats++] = word;
            else if (!parameters[i].IsFloatingPoint && integers < NativeSignature.IntegerRegisters) call.Integers[integers++] = word;
            else stacked[call.StackedCount++] = word;
        }

        call.Function = frame.Get(callee);
        if (call.Function == 0) throw new MuExecutionException($"{Describe()}: CCALL of NULL");
        if (!Invoke(thread, ref call, isRuntime: true)) return false;
        if (results.Length > 0) frame.Words[ResultSlot] = IntWord.FromContract(results[0], results[0].IsFloatingPoint ? call.FloatResults[0] : call.IntegerResults[0]);
        if (results.Length > 1) frame.Words[ResultSlot + 1] = IntWord.FromContract(results[1], call.IntegerResults[1]);
        return Finish(frame);
    }
}

/// <summary>A native function by the platform's convention (<see cref="NativeSignature"/>). It may block, and holds no collection up.</summary>
internal sealed unsafe class PlatformCallOperation(FunctionSignature signature, int callee, int[] arguments) : NativeCallOperation
{
    private readonly NativeSignature native = NativeSignature.Of(signature);
    private readonly MemoryPart[][] images = [.. signature.Parameters.Select(MemoryPart.Of)];
    private readonly MuType? result = signature.Results.Count == 0 ? null : signature.Results[0];
    private readonly MemoryPart[] resultImage = signature.Results.Count == 0 ? [] : MemoryPart.Of(signature.Results[0]);

    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        var call = new NativeArguments();
        ulong* stacked = stackalloc ulong[native.StackedWords + 1];
        byte* memory = stackalloc byte[native.ReturnsInMemory ? TypeLayout.Of(result!).Size : 1];
        call.Stacked = stacked;
        call.StackedCount = native.StackedWords;
        if (native.ReturnsInMemory) call.Integers[0] = (ulong)memory;
        for (int p = 0, next = 0; p < images.Length; p++)
        {
            NativePlace[] places = native.Parameters[p];
            if (signature.Parameters[p].IsWord) *Argument(&call, places[0]) = frame.Get(arguments[next++]);
            else
                foreach (MemoryPart part in images[p]) part.Memory.Write((ulong)Argument(&call, places[part.Offset / 8]) + (ulong)(part.Offset % 8), frame.Get(arguments[next++]));
        }

        call.Function = frame.Get(callee);
        if (call.Function == 0) throw new MuExecutionException($"{Describe()}: CCALL of NULL");
        if (!Invoke(thread, ref call, isRuntime: false)) return false;
        if (result is { IsWord: true }) frame.Words[ResultSlot] = *Result(&call, native.Result[0]) & IntWord.Mask(IntWord.BitsOf(result));
        else
            for (int k = 0; k < resultImage.Length; k++) frame.Words[ResultSlot + k] = resultImage[k].Memory.Read(At(&call, memory, resultImage[k].Offset));
        return Finish(frame);
    }

    private ulong At(NativeArguments* call, byte* memory, int offset) =>
        native.ReturnsInMemory ? (ulong)memory + (ulong)offset : (ulong)Result(call, native.Result[offset / 8]) + (ulong)(offset % 8);

    private static ulong* Argument(NativeArguments* call, NativePlace place) => place.Kind switch
    {
        NativePlaceKind.Integer => &call->Integers[place.Index],
        NativePlaceKind.Float => &call->Floats[place.Index],
        _ => &call->Stacked[place.Index],
    };

    private static ulong* Result(NativeArguments* call, NativePlace place) => place.Kind == NativePlaceKind.Float ? &call->FloatResults[place.Index] : &call->IntegerResults[place.Index];
}
