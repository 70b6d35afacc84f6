using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>Struct and array values: nothing but choosing among scalars.</summary>
internal sealed partial class SsaBuilder
{
    private void TranslateAggregate(Instruction instruction)
    {
        var parts = new List<SsaNode>();
        GetAll(instruction.Operands[0], parts);
        switch (instruction)
        {
            case ExtractValueInstruction i:
                Set(i.Result, parts.GetRange(Scalars.Offset(i.StructType, i.Index), Scalars.Count(i.StructType.Fields[i.Index])));
                break;
            case InsertValueInstruction i:
                Replace(parts, Scalars.Offset(i.StructType, i.Index), i.Operands[1]);
                Set(i.Result, parts);
                break;
            case ExtractElementInstruction i:
                Set(i.Result, ExtractElement(i, parts));
                break;
            case InsertElementInstruction i:
                InsertElement(i, parts);
                Set(i.Result, parts);
                break;
        }
    }

    private void Replace(List<SsaNode> parts, int offset, Value value)
    {
        var replacement = new List<SsaNode>();
        GetAll(value, replacement);
        for (int k = 0; k < replacement.Count; k++) parts[offset + k] = replacement[k];
    }

    private List<SsaNode> ExtractElement(ExtractElementInstruction i, List<SsaNode> parts)
    {
        int size = Scalars.Count(i.SequenceType.Element), count = RequireArray(i.SequenceType);
        SsaNode index = ZeroWord(Get(i.Operands[1]), IntShape.Of(i.IndexType));
        List<SsaNode> result = parts.GetRange(0, size);
        for (int e = 1; e < count; e++)
        {
            SsaNode here = EmitCmp(Cond.Eq, 64, index, Const64(e));
            for (int k = 0; k < size; k++) result[k] = EmitSelect(here, parts[e * size + k], result[k]);
        }

        return result;
    }

    private void InsertElement(InsertElementInstruction i, List<SsaNode> parts)
    {
        int size = Scalars.Count(i.SequenceType.Element), count = RequireArray(i.SequenceType);
        SsaNode index = ZeroWord(Get(i.Operands[1]), IntShape.Of(i.IndexType));
        var value = new List<SsaNode>();
        GetAll(i.Operands[2], value);
        for (int e = 0; e < count; e++)
        {
            SsaNode here = EmitCmp(Cond.Eq, 64, index, Const64(e));
            for (int k = 0; k < size; k++) parts[e * size + k] = EmitSelect(here, value[k], parts[e * size + k]);
        }
    }

    private static int RequireArray(SequenceType type) => type.Kind == TypeKind.Array
        ? checked((int)type.Length)
        : throw new NotSupportedException($"{type}: vector operations are not supported by the code generator");
}
