using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>Parts of struct and array values, and of vectors that no machine vector holds: nothing but choosing among scalars.</summary>
internal sealed partial class SsaBuilder
{
    private void TranslateAggregate(Instruction instruction)
    {
        if (TranslatePackedLanes(instruction)) return;
        List<SsaNode> parts = PartsOf(instruction.Operands[0]);
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
            case ShuffleVectorInstruction i:
                Set(i.Result, Shuffle(i, parts));
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
        int size = Scalars.Count(i.SequenceType.Element), count = checked((int)i.SequenceType.Length);
        SsaNode index = Index(i.Operands[1], i.IndexType);
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
        int size = Scalars.Count(i.SequenceType.Element), count = checked((int)i.SequenceType.Length);
        SsaNode index = Index(i.Operands[1], i.IndexType);
        var value = new List<SsaNode>();
        GetAll(i.Operands[2], value);
        for (int e = 0; e < count; e++)
        {
            SsaNode here = EmitCmp(Cond.Eq, 64, index, Const64(e));
            for (int k = 0; k < size; k++) parts[e * size + k] = EmitSelect(here, value[k], parts[e * size + k]);
        }
    }

    /// <summary>An unsigned index as a word. Of an int&lt;128&gt; the low word does: an index that needs more is out of range.</summary>
    private SsaNode Index(Value index, MuType type) => type.IsWideInt ? PartsOf(index)[0] : ZeroWord(Get(index), IntShape.Of(type));

    /// <summary>The mask is a constant. What lies outside of both vectors is undefined: the first element.</summary>
    private List<SsaNode> Shuffle(ShuffleVectorInstruction i, List<SsaNode> parts)
    {
        int size = Scalars.Count(i.VectorType.Element);
        GetAll(i.Operands[1], parts);
        var result = new List<SsaNode>();
        foreach (GlobalValue element in ((CompositeConstant)i.Operands[2]).Elements)
        {
            ulong from = ((IntConstant)element).Value;
            result.AddRange(parts.GetRange(from < 2 * i.VectorType.Length ? (int)from * size : 0, size));
        }

        return result;
    }
}
