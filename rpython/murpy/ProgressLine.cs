using System.Diagnostics;

namespace Mu.RPython.Command;

/// <summary>Shows on a terminal what a compilation that takes long is doing, in one line that is gone at the end.</summary>
internal sealed class ProgressLine(Stopwatch clock) : IDisposable
{
    private const int SilentFor = 1000, Pause = 100;

    private readonly bool isSeen = !Console.IsErrorRedirected;
    private long next = SilentFor;
    private bool isShown;

    public void Show(string what)
    {
        if (!isSeen || clock.ElapsedMilliseconds < next) return;
        next = clock.ElapsedMilliseconds + Pause;
        isShown = true;
        Console.Error.Write($"\r\u001b[Kmurpy: {what}");
    }

    public void Dispose()
    {
        if (isShown) Console.Error.Write("\r\u001b[K");
        isShown = false;
    }
}
