using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>Operations on vectors that no machine vector holds (SsaBuilder.Vectors.cs), lane by lane, and on int&lt;128&gt;, which is two words (<c>SsaBuilder.Wide.cs</c>).</summary>
internal sealed partial class SsaBuilder
{
    /// <summary>A lane of a value: one word, or two.</summary>
    private readonly record struct LaneValue(SsaNode Low, SsaNode? High);

    private static MuType LaneOf(MuType type) => type is SequenceType vector ? vector.Element : type;

    private LaneValue[] LanesOf(Value value)
    {
        List<SsaNode> parts = PartsOf(value);
        if (!LaneOf(value.Type).IsWideInt) return [.. parts.ConvertAll(p => new LaneValue(p, null))];
        var lanes = new LaneValue[parts.Count / 2];
        for (int i = 0; i < lanes.Length; i++) lanes[i] = new LaneValue(parts[2 * i], parts[2 * i + 1]);
        return lanes;
    }

    private void Set(LocalValue result, LaneValue[] lanes)
    {
        var parts = new List<SsaNode>();
        foreach (LaneValue lane in lanes)
        {
            parts.Add(lane.Low);
            if (lane.High is { } high) parts.Add(high);
        }

        Set(result, parts);
    }

    private void TranslateLanes(BinaryInstruction i)
    {
        if (TranslatePacked(i)) return;
        MuType lane = LaneOf(i.OperandType);
        LaneValue[] a = LanesOf(i.Left), b = LanesOf(i.Right);
        if (i.IsIntegerDivision)
            foreach (LaneValue divisor in b) CheckDivisor(i, lane, divisor);
        var results = new LaneValue[a.Length];
        for (int k = 0; k < a.Length; k++)
            results[k] = lane.IsWideInt ? EmitWide(i.Op, a[k], b[k])
                : new LaneValue(lane.IsFloatingPoint ? EmitFloat(i.Op, a[k].Low, b[k].Low) : EmitBinary(i.Op, IntShape.Of(lane), a[k].Low, b[k].Low), null);
        Set(i.Results[0], results);
        if (i.Flags != StatusFlags.None) SetWideFlags(i, a[0], b[0], results[0]);
        GoOn(i);
    }

    private void CheckDivisor(BinaryInstruction i, MuType lane, LaneValue divisor)
    {
        if (divisor.High is { } high) FailWithNull(EmitCmp(Cond.Eq, 64, EmitInt(SsaOp.Or, 64, divisor.Low, high), Const64(0)), i);
        else CheckDivisor(i, divisor.Low, IntShape.Of(lane));
    }

    private void TranslateLanes(CompareInstruction i)
    {
        if (TranslatePacked(i)) return;
        MuType lane = LaneOf(i.OperandType);
        LaneValue[] a = LanesOf(i.Left), b = LanesOf(i.Right);
        var results = new List<SsaNode>();
        for (int k = 0; k < a.Length; k++) results.Add(lane.IsWideInt ? EmitWideCompare(i.Op, a[k], b[k]) : EmitCompare(i.Op, lane, a[k].Low, b[k].Low));
        Set(i.Result, results);
    }

    private void TranslateLanes(ConvertInstruction i)
    {
        if (TranslatePacked(i)) return;
        MuType from = LaneOf(i.From), to = LaneOf(i.To);
        bool isWide = from.IsWideInt || to.IsWideInt;
        Set(i.Result, Array.ConvertAll(LanesOf(i.Operand), v => isWide ? EmitWideConvert(i.Op, from, to, v) : new LaneValue(EmitConvert(i.Op, from, to, v.Low), null)));
    }
}
