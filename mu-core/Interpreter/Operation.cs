using Mu.Core.IR;

namespace Mu.Core.Interpreter;

/// <summary>
/// One decoded instruction. Operands are numbers: from 0 on a word of the frame, below 0 the complement of an index into the version's constants; a value of several words has
/// neighbouring numbers (upwards in the frame, and upwards in the constants).
/// </summary>
internal abstract class Operation
{
    /// <summary>The instruction; null for the safepoint poll that stands before every block.</summary>
    public Instruction? Source { get; private set; }

    /// <summary>Where the first result goes; the others follow.</summary>
    public int ResultSlot { get; private set; }

    /// <summary>Number of words of the results.</summary>
    public int ResultWords { get; private set; }

    /// <summary>The instruction's destinations, in order.</summary>
    public Edge[] Edges { get; private set; } = [];

    /// <summary>Operand numbers of the values kept alive.</summary>
    public int[] KeepAlives { get; private set; } = [];

    /// <summary>Where control goes on an exception, if it is caught here.</summary>
    public Edge? Exceptional { get; private set; }

    private Edge? Normal { get; set; }

    /// <summary>Says where the operation stands: its instruction, its results, and the destinations, which may pass results on.</summary>
    public void Place(Instruction source, int resultSlot, int resultWords, Edge[] edges, int[] keepAlives)
    {
        (Source, ResultSlot, ResultWords, Edges, KeepAlives) = (source, resultSlot, resultWords, edges, keepAlives);
        if (source.HasExceptionClause) (Normal, Exceptional) = (edges[0], edges[1]);
        else if (source is WatchpointInstruction { Destinations.Length: 3 }) Exceptional = edges[2];
    }

    /// <summary>Does the work. True: the next operation of the block follows. False: control is elsewhere, and the thread's current frame says where.</summary>
    public abstract bool Execute(InterpreterThread thread, Frame frame);

    /// <summary>Ends an operation that is finished: at the EXC clause's normal destination, or at the next operation.</summary>
    protected bool Finish(Frame frame)
    {
        if (Normal is null) return true;
        Normal.Follow(frame);
        return false;
    }

    /// <summary>The operation failed: to the exceptional destination with NULL, or up the stack with it.</summary>
    protected bool Fail(InterpreterThread thread, Frame frame)
    {
        if (Exceptional is null) thread.Throw(0);
        else Exceptional.Follow(frame);
        return false;
    }

    /// <summary>Stores the results of an operation that its frame waited for, and goes on behind it.</summary>
    public void Resume(Frame frame, ReadOnlySpan<ulong> values)
    {
        if (values.Length != ResultWords) throw new MuExecutionException($"{Describe()} waits for {ResultWords} words, not {values.Length}");
        values.CopyTo(frame.Words.AsSpan(ResultSlot));
        GoOn(frame);
    }

    /// <summary>Leaves an operation that its frame waited at.</summary>
    protected virtual void GoOn(Frame frame)
    {
        if (Finish(frame)) frame.Position++;
    }

    /// <summary>The place, for messages.</summary>
    public string Describe() => Source is null ? "safepoint" : Source.ToString();
}
