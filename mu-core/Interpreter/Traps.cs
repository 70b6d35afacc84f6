namespace Mu.Core.Interpreter;

/// <summary>TRAP: the client decides how the thread goes on, and may rebind it to another stack.</summary>
internal sealed class TrapOperation : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        thread.Trap(0);
        return false;
    }
}

/// <summary>WATCHPOINT: a trap while it is enabled. Destinations: disabled, enabled, exceptional.</summary>
internal sealed class WatchpointOperation(int id) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        if (thread.Host.IsWatchpointEnabled(id)) thread.Trap(id);
        else Edges[0].Follow(frame);
        return false;
    }

    /// <inheritdoc/>
    protected override void GoOn(Frame frame) => Edges[1].Follow(frame);
}

/// <summary>WPBRANCH. Destinations: disabled, enabled.</summary>
internal sealed class WatchpointBranchOperation(int id) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        Edges[thread.Host.IsWatchpointEnabled(id) ? 1 : 0].Follow(frame);
        return false;
    }
}
