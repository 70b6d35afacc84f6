using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>Common instructions.</summary>
internal sealed partial class SsaBuilder
{
    private static readonly IntShape Tag = new(6);

    private void TranslateCommon(CommonInstruction i)
    {
        switch (i.Op)
        {
            case >= CommonOp.TagRefIsDouble and <= CommonOp.TagRefSame: TranslateTagRef(i); break;
            case CommonOp.Sqrt: Unary(i, SsaOp.FSqrt); break;
            case CommonOp.Floor: Unary(i, SsaOp.FFloor); break;
            case CommonOp.Ceil: Unary(i, SsaOp.FCeil); break;
            case CommonOp.Truncate: Unary(i, SsaOp.FTrunc); break;
            case CommonOp.Abs: Unary(i, SsaOp.FAbs); break;
            case CommonOp.KillDependency: Set(i.Result, Get(i.Operands[0])); break;
            case CommonOp.RuntimeContext: Set(i.Result, Emit(SsaOp.Context, ValueKind.I64)); break;
            case CommonOp.HybridLength: TranslateHybridLength(i); break;
            case CommonOp.CopyElements: TranslateCopy(i); break;
            case CommonOp.GetThreadLocal: Set(i.Result, ContextWord(ContextField.ThreadLocal)); break;
            case CommonOp.SetThreadLocal:
                Emit(SsaOp.StoreContext, ValueKind.None, Get(i.Operands[0])).Imm = environment.ContextOffset(ContextField.ThreadLocal);
                break;
            case CommonOp.ThreadExit: End(SsaOp.ThreadExit); break;
            case CommonOp.GetAddress: Set(i.Result, Get(i.Operands[0])); break;
            case CommonOp.CurrentStack: TranslateCurrentStack(i); break;
            case CommonOp.NewStack: RuntimeOrFail(i, RuntimeEntry.NewStack, Get(i.Operands[0])); break;
            case CommonOp.KillStack: Runtime(i, RuntimeEntry.KillStack, Get(i.Operands[0])); break;
            case CommonOp.Pin: Runtime(i, RuntimeEntry.Pin, Get(i.Operands[0])); break;
            case CommonOp.Unpin: Runtime(i, RuntimeEntry.Unpin, Get(i.Operands[0])); break;
            case CommonOp.FutexWait: Futex(i, RuntimeEntry.FutexWait); break;
            case CommonOp.FutexWaitTimeout: Futex(i, RuntimeEntry.FutexWaitTimeout); break;
            case CommonOp.FutexWake: RuntimeWithWords(i, RuntimeEntry.FutexWake); break;
            case CommonOp.FutexCmpRequeue: Futex(i, RuntimeEntry.FutexCmpRequeue); break;
            case CommonOp.Expose: RuntimeWithWords(i, RuntimeEntry.Expose); break;
            case CommonOp.Unexpose: RuntimeWithWords(i, RuntimeEntry.Unexpose); break;
            case CommonOp.GetCookie: Runtime(i, RuntimeEntry.GetCookie); break;
            case var op when MetaSignature.Of(op) is not null: TranslateMeta(i); break;
            default: throw new NotSupportedException($"@{CommonSignature.NameOf(i.Op)} is not supported by the code generator");
        }
    }

    /// <summary>Gives a result, and whether there is an exception in the context instead.</summary>
    private void TranslateMeta(CommonInstruction i)
    {
        bool few = i.Operands.Length <= MetaSignature.FewArguments;
        var args = new SsaNode[1 + (few ? MetaSignature.FewArguments : MetaSignature.MaximumArguments)];
        Array.Fill(args, Const64(0));
        args[0] = Const64((long)i.Op);
        for (int k = 0; k < i.Operands.Length; k++) args[k + 1] = AsMetaWord(i.Operands[k]);
        SsaNode call = EmitRuntime(few ? RuntimeEntry.Meta : RuntimeEntry.MetaWide, args);
        if (i.Results.Length > 0) Set(i.Result, Project(call, 0, Scalars.KindOf(i.Result.Type)));
        SsaNode failed = EmitCmp(Cond.Ne, 64, Project(call, 1, ValueKind.I64), Const64(0));
        SsaBlock cold = BranchToCold(failed), next = current;
        current = cold;
        SsaNode exception = ContextWord(ContextField.Exception);
        if (i.ExceptionalDestination is { } destination) Jump(destination, exception);
        else SsaGraph.Terminate(current, Terminator(SsaOp.Throw, exception));
        current = next;
        GoOn(i);
    }

    /// <summary>As the interpreter has it: integers zero-extended, floating-point numbers by their bits.</summary>
    private SsaNode AsMetaWord(Value value) =>
        value.Type.IsFloatingPoint ? Emit(SsaOp.FToBits, value.Type.Kind == TypeKind.Double ? ValueKind.I64 : ValueKind.I32, Get(value)) : AsNative(value);

    private void Unary(CommonInstruction i, SsaOp op)
    {
        SsaNode v = Get(i.Operands[0]);
        Set(i.Result, Emit(op, v.Kind, v));
    }

    private SsaNode ContextWord(ContextField field)
    {
        SsaNode load = Emit(SsaOp.LoadContext, ValueKind.Ref);
        load.Imm = environment.ContextOffset(field);
        return load;
    }

    private void TranslateCurrentStack(CommonInstruction i)
    {
        SsaNode control = Emit(SsaOp.LoadContext, ValueKind.I64);
        control.Imm = environment.ContextOffset(ContextField.CurrentStack);
        SsaNode load = Emit(SsaOp.Load, ValueKind.Ref, control);
        load.Imm = environment.StackObjectOffset;
        load.Width = 8;
        Set(i.Result, load);
    }

    /// <summary>Operands go to the runtime as zero-extended words.</summary>
    private void RuntimeWithWords(CommonInstruction i, RuntimeEntry entry) =>
        Runtime(i, entry, Array.ConvertAll(i.Operands, o => o.Type is IntType t ? ZeroWord(Get(o), new IntShape(t.Bits)) : Get(o)));

    /// <summary>Futex operations that look at the location get its size as the last argument.</summary>
    private void Futex(CommonInstruction i, RuntimeEntry entry)
    {
        SsaNode[] words = Array.ConvertAll(i.Operands, o => o.Type is IntType t ? ZeroWord(Get(o), new IntShape(t.Bits)) : Get(o));
        Runtime(i, entry, [.. words, Const64(environment.SizeOf(i.Types[0]))]);
    }

    private void TranslateTagRef(CommonInstruction i)
    {
        SsaNode v = Get(i.Operands[0]);
        switch (i.Op)
        {
            case CommonOp.TagRefIsDouble: Set(i.Result, Emit(SsaOp.TagIsFp, ValueKind.Bool, v)); break;
            case CommonOp.TagRefIsInt: Set(i.Result, Emit(SsaOp.TagIsInt, ValueKind.Bool, v)); break;
            case CommonOp.TagRefIsRef: Set(i.Result, Emit(SsaOp.TagIsRef, ValueKind.Bool, v)); break;
            case CommonOp.TagRefFromDouble: Set(i.Result, Emit(SsaOp.TagFromFp, ValueKind.Tag, v)); break;
            case CommonOp.TagRefFromInt: Set(i.Result, Emit(SsaOp.TagFromInt, ValueKind.Tag, v)); break;
            case CommonOp.TagRefFromRef: Set(i.Result, Emit(SsaOp.TagFromRef, ValueKind.Tag, v, ZeroWord(Get(i.Operands[1]), Tag))); break;
            case CommonOp.TagRefToDouble: Set(i.Result, Emit(SsaOp.TagToFp, ValueKind.F64, v)); break;
            case CommonOp.TagRefToInt: Set(i.Result, Emit(SsaOp.TagToInt, ValueKind.I64, v)); break;
            case CommonOp.TagRefToRef: Set(i.Result, Emit(SsaOp.TagToRef, ValueKind.Ref, v)); break;
            case CommonOp.TagRefToTag: Set(i.Result, FromLow(Emit(SsaOp.TagToTag, ValueKind.I64, v), Tag)); break;
            case CommonOp.TagRefSame: Set(i.Result, EmitCmp(Cond.Eq, 64, v, Get(i.Operands[1]))); break;
            default: throw new NotSupportedException($"@{CommonSignature.NameOf(i.Op)} is not supported by the code generator");
        }
    }

    /// <summary>The length is the upper half of the header.</summary>
    private void TranslateHybridLength(CommonInstruction i)
    {
        SsaNode load = Emit(SsaOp.Load, ValueKind.I64, Get(i.Operands[0]));
        load.Imm = -HeaderSize + 4;
        load.Width = 4;
        Set(i.Result, load);
    }

    private void TranslateCopy(CommonInstruction i)
    {
        int size = environment.SizeOf(i.Types[0]);
        SsaNode count = Get(i.Operands[2]);
        SsaNode bytes = size == 1 ? count : EmitInt64(SsaOp.Mul, count, size);
        Emit(SsaOp.CopyBytes, ValueKind.None, Get(i.Operands[0]), Get(i.Operands[1]), bytes);
    }
}
