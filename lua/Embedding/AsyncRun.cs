namespace Mu.Lua;

/// <summary>A call that waits for operations of the host in between.</summary>
internal sealed class AsyncRun(TimeSpan? limit, CancellationToken cancellation)
{
    /// <summary>Ends the run.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>What is left of the time that Lua code may run, the waits not counted; null for no limit.</summary>
    public TimeSpan? TimeLeft { get; private set; } = limit;

    /// <summary>The operation that it waits for; null when it has come to an end.</summary>
    public Task? Operation { get; set; }

    /// <summary>The number of the operation.</summary>
    public long Token { get; set; }

    /// <summary>Counts time that Lua code has run. There is always a little left, so that what goes on is ended by the limit.</summary>
    public void Spend(TimeSpan time)
    {
        if (TimeLeft is { } left) TimeLeft = TimeSpan.FromMilliseconds(Math.Max((left - time).TotalMilliseconds, 1));
    }
}
