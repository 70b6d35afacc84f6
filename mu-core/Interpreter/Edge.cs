namespace Mu.Core.Interpreter;

/// <summary>A way from one block to another with the values that it passes.</summary>
internal sealed class Edge(BlockCode target, int[] sources)
{
    /// <summary>Goes to the target: all sources are read before any parameter is written, since source and target words may be the same.</summary>
    public void Follow(Frame frame, ulong exception = 0)
    {
        Span<ulong> values = sources.Length <= 64 ? stackalloc ulong[sources.Length] : new ulong[sources.Length];
        for (int i = 0; i < sources.Length; i++) values[i] = frame.Get(sources[i]);
        values.CopyTo(frame.Words);
        if (target.HasExceptionParameter) frame.Words[sources.Length] = exception;
        frame.Block = target;
        frame.Position = 0;
    }
}
