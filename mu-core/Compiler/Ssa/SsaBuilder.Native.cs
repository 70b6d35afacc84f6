using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>CCALL by the platform's C convention: composite values become the words of their memory image, and back.</summary>
internal sealed partial class SsaBuilder
{
    private void TranslateNativeCall(CCallInstruction i)
    {
        var native = NativeSignature.Of(i.Signature);
        var args = new List<SsaNode> { Get(i.Callee) };
        if (native.ReturnsInMemory) args.Add(ResultMemory(i.Signature.Results[0]));
        for (int p = 0; p < native.Parameters.Length; p++)
        {
            Value argument = i.Arguments[p];
            if (argument.Type.IsWord) args.Add(AsNative(argument));
            else AddImage(argument.Type, PartsOf(argument), native.Parameters[p], args);
        }

        SsaNode call = graph.NewNode(SsaOp.CCall, ValueKind.None, [.. args]);
        call.Code = (byte)NativeConvention.Default;
        Calling(i, call);
    }

    /// <summary>In the frame even in loops: what is written there is read at once.</summary>
    private SsaNode ResultMemory(MuType type)
    {
        SsaNode memory = NodeWithType(SsaOp.Alloca, ValueKind.I64, type);
        memory.Imm = (environment.SizeOf(type) + 7) & ~7;
        memory.Code = FrameMemory.AlwaysInFrame;
        return Emit(memory);
    }

    private void AddImage(MuType type, List<SsaNode> parts, NativePlace[] places, List<SsaNode> words)
    {
        var image = new SsaNode?[places.Length];
        ScalarPart[] scalars = ScalarPart.Of(type);
        for (int k = 0; k < scalars.Length; k++)
        {
            SsaNode bits = Image(scalars[k].Type, parts[k]);
            if (scalars[k].Offset % 8 is var offset and not 0) bits = EmitInt64(SsaOp.Shl, bits, 8 * offset);
            ref SsaNode? word = ref image[scalars[k].Offset / 8];
            word = word is null ? bits : EmitInt(SsaOp.Or, 64, word, bits);
        }

        for (int k = 0; k < places.Length; k++)
        {
            SsaNode word = image[k] ?? Const64(0);
            words.Add(places[k].Kind == NativePlaceKind.Float ? Emit(SsaOp.BitsToF, ValueKind.F64, word) : word);
        }
    }

    /// <summary>A scalar's bytes in memory, zero-extended.</summary>
    private SsaNode Image(MuType type, SsaNode value) =>
        EmitExtend(SsaOp.Zext, value.IsFloat ? AsBits(value) : InMemory(type, value), 8 * SizeOfScalar(type));

    private void SetNativeResult(CCallInstruction i, SsaNode call)
    {
        if (i.Results is not [var result]) return;
        var native = NativeSignature.Of(i.Signature);
        var parts = new List<SsaNode>();
        if (result.Type.IsWord)
        {
            parts.Add(FromNative(result.Type, Project(call, 0, Scalars.KindOf(result.Type))));
        }
        else if (native.ReturnsInMemory)
        {
            LoadParts(result.Type, new(call.Args[1], ObjectPart.Unknown), 0, parts, 0);
        }
        else
        {
            var words = new SsaNode[native.Result.Length];
            for (int k = 0; k < words.Length; k++)
                words[k] = native.Result[k].Kind == NativePlaceKind.Float ? AsBits(Project(call, k, ValueKind.F64)) : Project(call, k, ValueKind.I64);
            foreach (ScalarPart part in ScalarPart.Of(result.Type)) parts.Add(FromImage(part.Type, words[part.Offset / 8], 8 * (part.Offset % 8)));
        }

        Set(result, parts);
    }

    private SsaNode FromImage(MuType type, SsaNode word, int shift)
    {
        SsaNode bits = shift == 0 ? word : EmitInt64(SsaOp.Shr, word, shift);
        return type is IntType { Bits: 1 } ? FromLow(bits, new IntShape(1)) : FromMemory(type, bits);
    }
}
