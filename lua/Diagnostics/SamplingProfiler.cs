using System.Diagnostics;
using Mu.Core.Api;
using Mu.Lua.Compilation;
using Mu.Lua.Runtime;

namespace Mu.Lua.Diagnostics;

/// <summary>
/// Looks at the stack every millisecond, at the safepoint that comes next: loops and calls. What has passed since the last look counts for the stack that is found; a library function in C# counts for
/// the line that called it.
/// </summary>
internal sealed unsafe class SamplingProfiler : IDisposable
{
    private const int MaxLevels = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

    private readonly LuaRuntime runtime;
    private readonly Timer timer;
    private readonly FunctionNames names = new();
    private readonly Dictionary<ProfileFrame, int> numbers = [];
    private readonly List<ProfileFrame> frames = [];
    private readonly List<(int[] Stack, TimeSpan Time)> samples = [];
    private long last = Stopwatch.GetTimestamp();

    public SamplingProfiler(LuaRuntime runtime)
    {
        this.runtime = runtime;
        runtime.Interrupts.Sampler = Sample;
        timer = new Timer(_ => runtime.Interrupts.RequestSample(), null, Interval, Interval);
    }

    /// <summary>The functions that were found on stacks, by number.</summary>
    public IReadOnlyList<ProfileFrame> Frames => frames;

    /// <summary>Stacks, the outermost function first, and the time that counts for each.</summary>
    public IReadOnlyList<(int[] Stack, TimeSpan Time)> Samples => samples;

    /// <summary>Ends the sampling.</summary>
    public void Dispose()
    {
        timer.Dispose();
        runtime.Interrupts.Sampler = null;
    }

    private InterruptAnswer Sample(Mutator mutator)
    {
        long now = Stopwatch.GetTimestamp();
        var heap = new LuaHeap(runtime, mutator);
        var stack = new List<int>();
        Add(stack, Traceback.Levels(heap, MaxLevels));
        // A coroutine stands on top of the one that resumed it.
        for (var below = ((CoroutineObject*)runtime.StateWord(RootCell.Current))->Resumer; below != null && stack.Count < MaxLevels; below = below->Resumer)
            Add(stack, Traceback.LevelsOf(heap, below));
        stack.Reverse();
        if (stack.Count > 0) samples.Add(([.. stack], Stopwatch.GetElapsedTime(last, now)));
        last = now;
        return InterruptAnswer.GoOn;
    }

    private void Add(List<int> stack, List<StackLevel> levels)
    {
        for (int i = 0; i < levels.Count; i++)
        {
            // The host's own call is no function of the program.
            if (levels[i].HostName == RuntimeFunctions.EnterName && i == levels.Count - 1) continue;
            stack.Add(NumberOf(levels[i].Prototype is { } prototype ? FrameOf(prototype) : new ProfileFrame(HostName(levels, i), "[C]", 0)));
        }
    }

    private ProfileFrame FrameOf(Prototype prototype) => new(names.Of(prototype), prototype.ChunkName, prototype.Node.At.Line);

    /// <summary>Library functions in Lua have no name of their own: the caller has one for them ("field 'sort'").</summary>
    private static string HostName(List<StackLevel> levels, int level)
    {
        string name = levels[level].HostName ?? "?";
        if (name != "?" || level + 1 >= levels.Count || levels[level + 1].CalleeName is not { } called) return name;
        int quote = called.IndexOf('\'', StringComparison.Ordinal);
        return quote < 0 ? called : called[(quote + 1)..^1];
    }

    private int NumberOf(ProfileFrame frame)
    {
        if (numbers.TryGetValue(frame, out int number)) return number;
        numbers.Add(frame, frames.Count);
        frames.Add(frame);
        return frames.Count - 1;
    }
}

/// <summary>A function in a profile.</summary>
internal sealed record ProfileFrame(string Name, string File, int Line);
