using System.Diagnostics;
using System.Text;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.X64;

namespace Mu.Core.Compiler;

/// <summary>With <c>MU_DUMP=time</c>: one line for each function with what its stages took, in microseconds.</summary>
internal struct StageTimes
{
    private readonly Dump dump;
    private readonly StringBuilder? text;
    private long last;
    private double total;

    public StageTimes(Dump dump)
    {
        this.dump = dump;
        if (!dump.WantsTimes) return;
        text = new StringBuilder("== time");
        last = Stopwatch.GetTimestamp();
    }

    public void End(string stage)
    {
        if (text is null) return;
        double micros = Stopwatch.GetElapsedTime(last).TotalMicroseconds;
        total += micros;
        text.Append($" {stage} {micros:F0}");
        last = Stopwatch.GetTimestamp();
    }

    public readonly void Print(LirFunction function, Emitter emitter)
    {
        if (text is null) return;
        int instructions = 0;
        foreach (LirBlock block in function.Blocks) instructions += block.Instructions.Count;
        dump.Line($"{text} total {total:F0} µs; {function.Blocks.Count} blocks, {instructions} instructions, {emitter.Buffer.Length} bytes:");
    }
}
