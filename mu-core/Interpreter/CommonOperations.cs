using Mu.Core.Compiler;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

internal sealed partial class Decoder
{
    private Operation DecodeCommon(CommonInstruction i)
    {
        int[] operands = Words(i.Operands);
        return i.Op switch
        {
            >= CommonOp.TagRefIsDouble and <= CommonOp.TagRefSame => new TagRefOperation(i.Op, operands),
            CommonOp.Sqrt or CommonOp.Floor or CommonOp.Ceil or CommonOp.Truncate or CommonOp.Abs =>
                new FloatFunctionOperation(i.Op, i.Types[0].Kind == TypeKind.Double, operands[0]),
            CommonOp.KillDependency or CommonOp.GetAddress => new MoveOperation(Operand(i.Operands[0])),
            CommonOp.RuntimeContext => new RuntimeContextOperation(),
            CommonOp.HybridLength => new HybridLengthOperation(operands[0]),
            CommonOp.CopyElements => new CopyOperation(TypeLayout.Of(i.Types[0]).Size, operands[0], operands[1], operands[2]),
            CommonOp.GetThreadLocal => new ThreadLocalOperation(null),
            CommonOp.SetThreadLocal => new ThreadLocalOperation(operands[0]),
            CommonOp.ThreadExit => new ThreadExitOperation(),
            CommonOp.CurrentStack => new CurrentStackOperation(),
            CommonOp.NewStack => new NewStackOperation(operands[0]),
            CommonOp.KillStack => new KillStackOperation(operands[0]),
            CommonOp.Pin => new PinOperation(operands[0], pins: true),
            CommonOp.Unpin => new PinOperation(operands[0], pins: false),
            CommonOp.FutexWait => DecodeFutex(RuntimeEntry.FutexWait, i),
            CommonOp.FutexWaitTimeout => DecodeFutex(RuntimeEntry.FutexWaitTimeout, i),
            CommonOp.FutexWake => DecodeRuntime(RuntimeEntry.FutexWake, i),
            CommonOp.FutexCmpRequeue => DecodeFutex(RuntimeEntry.FutexCmpRequeue, i),
            CommonOp.Expose => DecodeRuntime(RuntimeEntry.Expose, i),
            CommonOp.Unexpose => DecodeRuntime(RuntimeEntry.Unexpose, i),
            CommonOp.GetCookie => DecodeRuntime(RuntimeEntry.GetCookie, i),
            _ when MetaSignature.Of(i.Op) is not null => new MetaOperation(i.Op, operands),
            _ => throw new NotSupportedException($"@{CommonSignature.NameOf(i.Op)} is not supported by the interpreter"),
        };
    }
}

/// <summary>@uvm.tr64.*. A word of the wrong kind is undefined behaviour, which is told.</summary>
internal sealed class TagRefOperation(CommonOp op, int[] operands) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        ulong word = frame.Get(operands[0]);
        frame.Words[ResultSlot] = op switch
        {
            CommonOp.TagRefIsDouble => Bit(TagRef64.IsDouble(word)),
            CommonOp.TagRefIsInt => Bit(TagRef64.IsInt(word)),
            CommonOp.TagRefIsRef => Bit(TagRef64.IsRef(word)),
            CommonOp.TagRefFromDouble => TagRef64.FromDouble(BitConverter.UInt64BitsToDouble(word)),
            CommonOp.TagRefFromInt => TagRef64.FromInt((long)word),
            CommonOp.TagRefFromRef => TagRef64.FromRef(word, (int)frame.Get(operands[1])),
            CommonOp.TagRefToDouble => BitConverter.DoubleToUInt64Bits(TagRef64.ToDouble(Check(TagRef64.IsDouble(word), word))),
            CommonOp.TagRefToInt => (ulong)TagRef64.ToInt(Check(TagRef64.IsInt(word), word)) & IntWord.Mask(52),
            CommonOp.TagRefToRef => TagRef64.ToAddress(Check(TagRef64.IsRef(word), word)),
            CommonOp.TagRefToTag => (ulong)TagRef64.ToTag(word),
            _ => Bit(word == frame.Get(operands[1])),
        };
        return true;
    }

    private static ulong Bit(bool condition) => condition ? 1UL : 0;

    private ulong Check(bool isRightKind, ulong word) => isRightKind ? word : throw new MuExecutionException($"{Describe()}: {op} of the tagref64 word {word:x}");
}

/// <summary>@uvm.ext.fp.*.</summary>
internal sealed class FloatFunctionOperation(CommonOp op, bool isDouble, int operand) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        ulong word = frame.Get(operand);
        frame.Words[ResultSlot] = isDouble
            ? BitConverter.DoubleToUInt64Bits(Apply(BitConverter.UInt64BitsToDouble(word)))
            : BitConverter.SingleToUInt32Bits((float)Apply(BitConverter.UInt32BitsToSingle((uint)word)));
        return true;
    }

    /// <summary>The functions on double serve float too: rounding the square root of a float twice changes nothing (Figueroa 1995), the others are exact.</summary>
    private double Apply(double value) => op switch
    {
        CommonOp.Sqrt => Math.Sqrt(value),
        CommonOp.Floor => Math.Floor(value),
        CommonOp.Ceil => Math.Ceiling(value),
        CommonOp.Truncate => Math.Truncate(value),
        _ => Math.Abs(value),
    };
}

/// <summary>@uvm.ext.runtime_context.</summary>
internal sealed unsafe class RuntimeContextOperation : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        frame.Words[ResultSlot] = (ulong)thread.Context;
        return true;
    }
}

/// <summary>@uvm.ext.hybrid_length.</summary>
internal sealed class HybridLengthOperation(int reference) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        ulong hybrid = frame.Get(reference);
        if (hybrid == 0) throw new MuExecutionException($"{Describe()}: length of NULL");
        frame.Words[ResultSlot] = ObjectHeader.Length(ObjectHeader.Of(hybrid));
        return true;
    }
}

/// <summary>@uvm.ext.memcpy.</summary>
internal sealed unsafe class CopyOperation(int size, int target, int source, int count) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        ulong bytes = frame.Get(count) * (ulong)size;
        Buffer.MemoryCopy((void*)frame.Get(source), (void*)frame.Get(target), bytes, bytes);
        return true;
    }
}

/// <summary>@uvm.native.pin and unpin, of a ref or an iref.</summary>
internal sealed class PinOperation(int operand, bool pins) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        ulong address = frame.Get(operand);
        MuHeap heap = thread.Host.Heap;
        ulong pinned = IsReference ? address : heap.FindObject(address);
        if (pins) heap.Pin(pinned);
        else heap.Unpin(pinned);
        if (pins) frame.Words[ResultSlot] = address;
        return true;
    }

    private bool IsReference => Source!.Operands[0].Type.Kind == TypeKind.Ref;
}

/// <summary>@uvm.meta.*: done by the client API.</summary>
internal sealed unsafe class MetaOperation(CommonOp op, int[] operands) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        MuThread caller = MuThread.Of(thread.Context);
        MetaResult result = caller.Machine.Metacircular!.Execute(caller, op, frame.GetAll(operands));
        if (result.Failed != 0)
        {
            ulong exception = thread.Context->Exception;
            if (Exceptional is null) thread.Throw(exception);
            else Exceptional.Follow(frame, exception);
            return false;
        }

        if (ResultWords > 0) frame.Words[ResultSlot] = result.Word;
        return Finish(frame);
    }
}
