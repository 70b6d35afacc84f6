using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>Lanes of machine vectors: taken, replaced and shuffled by constants. A variable index chooses among scalars.</summary>
internal sealed partial class SsaBuilder
{
    private bool TranslatePackedLanes(Instruction instruction)
    {
        switch (instruction)
        {
            case ExtractElementInstruction i when PackedLane(i.SequenceType, i.Operands[1]) is { } place:
                Set(i.Result, EmitExtract(ChunksOf(i.Operands[0], place.Shape)[place.Chunk], place.Shape.LaneBytes, place.Lane, Scalars.KindOf(place.Shape.Lane)));
                return true;
            case InsertElementInstruction i when PackedLane(i.SequenceType, i.Operands[1]) is { } place:
                var chunks = (SsaNode[])ChunksOf(i.Operands[0], place.Shape).Clone();
                chunks[place.Chunk] = EmitVector(SsaOp.VInsert, ValueKind.V128, place.Shape.LaneBytes, place.Lane, chunks[place.Chunk], Get(i.Operands[2]));
                SetPacked(i.Result, place.Shape.LaneBytes, chunks);
                return true;
            case ShuffleVectorInstruction i when VectorShape.Of(i.VectorType) is { } from && VectorShape.Of(i.Result.Type) is { } to:
                TranslateShuffle(i, from, to);
                return true;
            default:
                return false;
        }
    }

    private static (VectorShape Shape, int Chunk, int Lane)? PackedLane(SequenceType type, Value index) =>
        index is IntConstant { Type.IsWideInt: false } constant && constant.Value < type.Length && VectorShape.Of(type) is { } shape
            ? (shape, (int)constant.Value / shape.PerChunk, (int)constant.Value % shape.PerChunk) : null;

    /// <summary>The mask is a constant. What lies outside of both vectors is undefined: the first element.</summary>
    private void TranslateShuffle(ShuffleVectorInstruction i, VectorShape from, VectorShape to)
    {
        SsaNode[] sources = [.. ChunksOf(i.Operands[0], from), .. ChunksOf(i.Operands[1], from)];
        IReadOnlyList<GlobalValue> mask = ((CompositeConstant)i.Operands[2]).Elements;
        var results = new SsaNode[to.Chunks];
        var picks = new (SsaNode Source, int Lane)[to.PerChunk];
        for (int c = 0; c < results.Length; c++)
        {
            for (int k = 0; k < picks.Length; k++)
            {
                ulong element = ((IntConstant)mask[c * to.PerChunk + k]).Value;
                if (element >= 2 * (ulong)from.Lanes) element = 0;
                picks[k] = (sources[(int)element / from.PerChunk], (int)element % from.PerChunk);
            }

            results[c] = EmitShuffle(picks, to.LaneBytes);
        }

        SetPacked(i.Result, to.LaneBytes, results);
    }

    private SsaNode EmitShuffle((SsaNode Source, int Lane)[] picks, byte laneBytes)
    {
        int count = picks.Length, half = count / 2;
        if (Array.TrueForAll(picks, p => p.Source == picks[0].Source) && Enumerable.Range(0, count).All(k => picks[k].Lane == k)) return picks[0].Source;
        if (laneBytes >= 4 && picks.Take(half).All(p => p.Source == picks[0].Source) && picks.Skip(half).All(p => p.Source == picks[half].Source))
        {
            int bits = count == 2 ? 1 : 2, selection = 0;
            for (int k = 0; k < count; k++) selection |= picks[k].Lane << bits * k;
            return EmitVector(SsaOp.VShuffle, ValueKind.V128, laneBytes, selection, picks[0].Source, picks[half].Source);
        }

        SsaNode? result = null;
        foreach (SsaNode source in picks.Select(p => p.Source).Distinct())
        {
            SsaNode part = EmitVector(SsaOp.VBytes, ValueKind.V128, laneBytes, 0, source, graph.VectorConstant(BytesFrom(source, picks, laneBytes)));
            result = result is null ? part : EmitVector(BinaryOp.Or, laneBytes, result, part);
        }

        return result!;
    }

    private static UInt128 BytesFrom(SsaNode source, (SsaNode Source, int Lane)[] picks, byte laneBytes)
    {
        UInt128 control = UInt128.Zero;
        for (int k = 0; k < picks.Length; k++)
            for (int b = 0; b < laneBytes; b++)
            {
                int from = picks[k].Source == source ? picks[k].Lane * laneBytes + b : 0x80;
                control |= (UInt128)(uint)from << 8 * (k * laneBytes + b);
            }

        return control;
    }
}
