using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Tests.Generation;

internal sealed partial class RandomBody
{
    private static readonly BinaryOp[] IntegerOps =
        [BinaryOp.Add, BinaryOp.Sub, BinaryOp.Mul, BinaryOp.And, BinaryOp.Or, BinaryOp.Xor, BinaryOp.Shl, BinaryOp.LShr, BinaryOp.AShr];
    private static readonly BinaryOp[] Divisions = [BinaryOp.SDiv, BinaryOp.SRem, BinaryOp.UDiv, BinaryOp.URem];
    private static readonly BinaryOp[] FloatOps = [BinaryOp.FAdd, BinaryOp.FSub, BinaryOp.FMul, BinaryOp.FDiv, BinaryOp.FRem];
    private static readonly CommonOp[] FloatFunctions = [CommonOp.Sqrt, CommonOp.Floor, CommonOp.Ceil, CommonOp.Truncate, CommonOp.Abs];

    /// <summary>The type of an integer variable, or any.</summary>
    private IntType IntegerType()
    {
        List<IntType> here = [.. variables.Select(v => v.Type).OfType<IntType>()];
        return here.Count > 0 && choices.Below(3) != 2 ? choices.Of(here) : new IntType(64 - choices.Below(64));
    }

    private SimpleType FloatType() => choices.Coin() ? SimpleType.Float : SimpleType.Double;

    private void IntegerOperation()
    {
        IntType type = IntegerType();
        Define(Add(new BinaryInstruction(choices.Of(IntegerOps), type, Of(type), Of(type))));
    }

    private void FlaggedOperation()
    {
        IntType type = IntegerType();
        BinaryOp op = choices.Of(IntegerOps);
        bool arithmetic = op is BinaryOp.Add or BinaryOp.Sub or BinaryOp.Mul;
        var flags = (StatusFlags)(choices.Byte() & (arithmetic ? 15 : 3));
        Instruction instruction = block.Add(new BinaryInstruction(op, type, Of(type), Of(type), flags));
        foreach (InstructionResult result in instruction.Results) Define(result);
    }

    private void Comparison()
    {
        IntType type = IntegerType();
        Define(Add(new CompareInstruction((CompareOp)((int)CompareOp.Eq + choices.Below(10)), type, Of(type), Of(type))));
    }

    private void Conversion()
    {
        IntType a = IntegerType(), b = choices.Below(10) == 9 ? RandomBundle.I128 : new(1 + choices.Below(64));
        if (a.Bits == b.Bits) return;
        ConvertOp op = b.Bits < a.Bits ? ConvertOp.Trunc : choices.Coin() ? ConvertOp.SExt : ConvertOp.ZExt;
        Define(Add(new ConvertInstruction(op, a, b, Of(a))));
    }

    private void Selection()
    {
        MuType type = variables.Count > 0 ? choices.Of(variables).Type : IntType.I64;
        if (type.Kind is TypeKind.StackRef or TypeKind.IRef) return;
        Define(Add(new SelectInstruction(IntType.I1, type, Of(IntType.I1), Of(type), Of(type))));
    }

    private void FloatOperation()
    {
        SimpleType type = FloatType();
        if (choices.Below(3) == 2) Define(Add(new CommonInstruction(choices.Of(FloatFunctions), [], [type], [], Of(type))));
        else Define(Add(new BinaryInstruction(choices.Of(FloatOps), type, Of(type), Of(type))));
    }

    private void FloatComparison()
    {
        SimpleType type = FloatType();
        Define(Add(new CompareInstruction((CompareOp)((int)CompareOp.FFalse + choices.Below(16)), type, Of(type), Of(type))));
    }

    private void FloatConversion()
    {
        SimpleType type = FloatType();
        IntType integer = IntegerType();
        switch (choices.Below(6))
        {
            case 0: Define(Add(new ConvertInstruction(ConvertOp.SIToFP, integer, type, Of(integer)))); break;
            case 1: Define(Add(new ConvertInstruction(ConvertOp.UIToFP, integer, type, Of(integer)))); break;
            case 2: Define(Add(new ConvertInstruction(ConvertOp.FPToSI, type, integer, Of(type)))); break;
            case 3: Define(Add(new ConvertInstruction(ConvertOp.FPToUI, type, integer, Of(type)))); break;
            case 4 when type.Kind == TypeKind.Float: Define(Add(new ConvertInstruction(ConvertOp.FPExt, type, SimpleType.Double, Of(type)))); break;
            case 4: Define(Add(new ConvertInstruction(ConvertOp.FPTrunc, type, SimpleType.Float, Of(type)))); break;
            default: Define(choices.Coin() ? Bits(Of(SimpleType.Double)) : Add(new ConvertInstruction(ConvertOp.Bitcast, IntType.I32, SimpleType.Float, Of(IntType.I32)))); break;
        }
    }

    // Which NaN an operation gives is not defined.
    private InstructionResult Bits(Value number)
    {
        Value isNaN = Add(new CompareInstruction(CompareOp.FUno, SimpleType.Double, number, number));
        Value one = Add(new SelectInstruction(IntType.I1, SimpleType.Double, isNaN, new DoubleConstant(SimpleType.Double, 0.5), number));
        return Add(new ConvertInstruction(ConvertOp.Bitcast, SimpleType.Double, IntType.I64, one));
    }

    private void Division()
    {
        IntType type = IntegerType();
        var division = new BinaryInstruction(choices.Of(Divisions), type, Of(type), Of(type));
        block.Add(division);
        WithHandler(division, caught: false);
    }

    private void MakeTagged()
    {
        Value tagged = choices.Below(3) switch
        {
            0 => Add(new CommonInstruction(CommonOp.TagRefFromInt, Of(IntType.I52))),
            1 => Add(new CommonInstruction(CommonOp.TagRefFromDouble, Of(SimpleType.Double))),
            _ => Add(new CommonInstruction(CommonOp.TagRefFromRef, Add(new ConvertInstruction(ConvertOp.RefCast, random.NodeRef, RefVoid, Of(random.NodeRef))), Of(IntType.I6))),
        };
        Define(tagged);
    }

    /// <summary>Asks for the kind, and takes the value out where it is that kind.</summary>
    private void ReadTagged()
    {
        Value tagged = Of(SimpleType.TagRef64);
        (CommonOp test, CommonOp get, Value other) = choices.Below(4) switch
        {
            0 => (CommonOp.TagRefIsInt, CommonOp.TagRefToInt, Of(IntType.I52)),
            1 => (CommonOp.TagRefIsDouble, CommonOp.TagRefToDouble, Of(SimpleType.Double)),
            2 => (CommonOp.TagRefIsRef, CommonOp.TagRefToTag, Of(IntType.I6)),
            _ => (CommonOp.TagRefIsRef, CommonOp.TagRefToRef, (Value)new NullConstant(RefVoid)),
        };
        variables.Add(tagged);
        variables.Add(other);
        int place = variables.Count - 1;
        Value holds = Add(new CommonInstruction(test, tagged));
        Branches(holds, () => variables[place] = Add(new CommonInstruction(get, variables[place - 1])), () => { });
        Value value = variables[place];
        variables.RemoveRange(place - 1, 2);
        Define(get == CommonOp.TagRefToRef ? NotNull(value) : value);
    }
}
