namespace Mu.Core.Api;

/// <summary>
/// A handle: a value of the micro VM as its client holds it. It belongs to one context, and keeps what it refers to alive until <see cref="MuContext.Delete"/> or the context's end.
/// </summary>
public readonly record struct MuValue
{
    internal MuValue(int index, long serial) => (Index, Serial) = (index, serial);

    /// <summary>The place in the context's table.</summary>
    internal int Index { get; }

    /// <summary>Tells handles apart that have had the same place, and those of other contexts.</summary>
    internal long Serial { get; }
}

/// <summary>An exception of Mu code that no frame caught.</summary>
public sealed class UncaughtMuException(MuValue exception, bool isNull, IReadOnlyList<MutatorFrame> frames)
    : Exception(isNull ? "uncaught NULL: memory or a stack is exhausted, or Mu code threw it" : "uncaught exception of Mu code")
{
    /// <summary>The reference thrown.</summary>
    public MuValue Exception { get; } = exception;

    /// <summary>Whether it is NULL, which is what failing instructions throw.</summary>
    public bool IsNull { get; } = isNull;

    /// <summary>The frames that the exception has gone through, the innermost first, 128 at most: those above a handler that has thrown it again included.</summary>
    public IReadOnlyList<MutatorFrame> Frames { get; } = frames;
}

/// <summary>The Mu heap has no room for what the client asks for.</summary>
public sealed class MuOutOfMemoryException(string reason = "the Mu heap is exhausted") : Exception(reason);
