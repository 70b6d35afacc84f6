using Mu.Core.IR;

namespace Mu.Core.Interpreter;

/// <summary>
/// The frames that an exception has gone through, the innermost first, for the message when nobody catches it. A handler that throws the same exception again, from the frame where it landed, goes on with them.
/// RPython's translator keeps such a list too (translator/c/src/debug_traceback.h), of the same length.
/// </summary>
internal sealed class ThrowTrace
{
    private const int Most = 128;

    private readonly List<(Function Function, int SourceTag)> frames = [];
    private ulong thrown, landed;
    private bool skips;

    public IReadOnlyList<(Function Function, int SourceTag)> Frames => frames;

    /// <summary>An exception is thrown in a frame, which <paramref name="frame"/> tells from others.</summary>
    public void Begin(ulong exception, ulong frame)
    {
        skips = exception != 0 && exception == thrown && frame == landed;
        if (!skips) frames.Clear();
        (thrown, landed) = (exception, 0);
    }

    /// <summary>It goes through a frame. One that throws it again is there already.</summary>
    public void Add(Function function, int sourceTag)
    {
        if (!skips && frames.Count < Most) frames.Add((function, sourceTag));
        skips = false;
    }

    /// <summary>It lands in a frame, which was added.</summary>
    public void End(ulong frame) => landed = frame;
}
