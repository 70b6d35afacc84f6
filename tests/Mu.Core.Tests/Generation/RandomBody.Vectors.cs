using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Tests.Generation;

internal sealed partial class RandomBody
{
    private SequenceType VectorType()
    {
        List<SequenceType> here = [.. variables.Select(v => v.Type).OfType<SequenceType>().Where(t => t.Kind == TypeKind.Vector)];
        return here.Count > 0 && choices.Below(3) != 2 ? choices.Of(here) : choices.Of(RandomBundle.Vectors);
    }

    /// <summary>Arithmetic, a shift by a constant, a comparison with a selection by it, a selection of whole vectors, a conversion.</summary>
    private void VectorOperation()
    {
        SequenceType type = VectorType();
        bool isFloat = type.Element.IsFloatingPoint;
        switch (choices.Below(6))
        {
            case 0 when type.Element is IntType integer:
                Value count = Int(integer, choices.Below(integer.Bits));
                if (choices.Coin()) count = new CompositeConstant(type, [.. Enumerable.Repeat((GlobalValue)count, (int)type.Length)]);
                else count = Of(type);
                Define(Add(new BinaryInstruction(choices.Of([BinaryOp.Shl, BinaryOp.LShr, BinaryOp.AShr]), type, Of(type), count)));
                break;
            case 3:
                Define(Add(new SelectInstruction(IntType.I1, type, Of(IntType.I1), Of(type), Of(type))));
                break;
            case 0 or 1:
                Define(Add(new BinaryInstruction(choices.Of(isFloat ? FloatOps : IntegerOps), type, Of(type), Of(type))));
                break;
            case 2:
                var op = isFloat ? (CompareOp)((int)CompareOp.FFalse + choices.Below(16)) : (CompareOp)((int)CompareOp.Eq + choices.Below(10));
                InstructionResult mask = Add(new CompareInstruction(op, type, Of(type), Of(type)));
                Define(Add(new SelectInstruction(mask.Type, type, mask, Of(type), Of(type))));
                Define(mask);
                break;
            default:
                VectorConversion(type);
                break;
        }
    }

    private void VectorConversion(SequenceType type)
    {
        // Not back: which NaN a NaN is would be seen.
        if (type.Element is IntType { Bits: 32 or 64 } bits && choices.Coin())
        {
            Define(Add(new ConvertInstruction(ConvertOp.Bitcast, type, RandomBundle.Vector(bits.Bits == 32 ? SimpleType.Float : SimpleType.Double, type.Length), Of(type))));
            return;
        }

        MuType element = choices.Of<MuType>([IntType.I64, IntType.I32, new IntType(9), RandomBundle.I128, SimpleType.Float, SimpleType.Double]);
        ConvertOp op = (type.Element, element) switch
        {
            (IntType a, IntType b) => b.Bits <= a.Bits ? ConvertOp.Trunc : choices.Coin() ? ConvertOp.SExt : ConvertOp.ZExt,
            (IntType, _) => choices.Coin() ? ConvertOp.SIToFP : ConvertOp.UIToFP,
            (_, IntType) => choices.Coin() ? ConvertOp.FPToSI : ConvertOp.FPToUI,
            ({ Kind: TypeKind.Float }, { Kind: TypeKind.Double }) => ConvertOp.FPExt,
            ({ Kind: TypeKind.Double }, { Kind: TypeKind.Float }) => ConvertOp.FPTrunc,
            _ => ConvertOp.RefCast,
        };
        if (op != ConvertOp.RefCast) Define(Add(new ConvertInstruction(op, type, RandomBundle.Vector(element, type.Length), Of(type))));
    }

    /// <summary>An element read or written at an index, constant or not; elements of two vectors mixed; a division.</summary>
    private void VectorElement()
    {
        SequenceType type = VectorType();
        int length = (int)type.Length;
        Value index = choices.Coin() ? Int(IntType.I64, choices.Below(length)) : Bounded(IntType.I64, length);
        switch (choices.Below(4))
        {
            case 0: Define(Add(new ExtractElementInstruction(type, IntType.I64, Of(type), index))); break;
            case 1: Define(Add(new InsertElementInstruction(type, IntType.I64, Of(type), index, Of(type.Element)))); break;
            case 2: Define(Shuffled(type, 1 + choices.Below(8))); break;
            case 3 when type.Element.Kind == TypeKind.Int:
                var division = block.Add(new BinaryInstruction(choices.Of(Divisions), type, Of(type), Of(type)));
                WithHandler(division, caught: false);
                break;
        }
    }

    private InstructionResult Shuffled(SequenceType type, int length)
    {
        SequenceType maskType = RandomBundle.Vector(IntType.I32, (ulong)length);
        GlobalValue[] mask = [.. Enumerable.Range(0, length).Select(_ => Int(IntType.I32, choices.Below(2 * (int)type.Length)))];
        return Add(new ShuffleVectorInstruction(type, maskType, Of(type), Of(type), new CompositeConstant(maskType, mask)));
    }
}
