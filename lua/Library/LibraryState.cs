using Mu.Core.IR;
using Mu.Lua.Library.Files;
using Mu.Lua.Random;
using Mu.Lua.Runtime;
using Mu.Lua.Text;
using Mu.Lua.Text.Patterns;

namespace Mu.Lua.Library;

/// <summary>What the library keeps per state outside of the guest heap.</summary>
internal sealed class LibraryState : IDisposable
{
    private const int KeptSize = 1 << 20;
    private ByteBuffer? buffer;

    /// <summary>The generator of math.random, seeded at random.</summary>
    public Xoshiro256 Random = new(System.Random.Shared.NextInt64(), Environment.TickCount64);

    /// <summary>Set before the first call.</summary>
    public required ILibraryHooks Hooks { get; init; }

    public required FileTable Files { get; init; }

    /// <summary>Whether variables of the process are not looked at.</summary>
    public bool IgnoresEnvironment { get; init; }

    /// <summary>How long a text may become that a library function makes.</summary>
    public long MaxTextLength { get; set; } = long.MaxValue;

    /// <summary>An empty buffer for the time of one library function: none of them is entered twice at a time.</summary>
    public ByteBuffer TakeBuffer()
    {
        if (buffer is null or { Length: > KeptSize }) buffer = new ByteBuffer { MaxLength = Math.Min(MaxTextLength, Array.MaxLength) };
        buffer.Clear();
        return buffer;
    }

    /// <summary>The iterators that string.gmatch makes.</summary>
    public Function? GlobalMatchIterator { get; set; }

    /// <summary>The two halves of string.gsub with a function: the first makes a state, which the second goes through.</summary>
    public (Function Start, Function Step)? Substitution { get; set; }

    /// <summary>Patterns that were used lately.</summary>
    public PatternCache Patterns { get; } = new();

    /// <summary>Where a match keeps its captures, for the time of one library function.</summary>
    public Capture[] Captures { get; } = new Capture[CaptureList.Limit];

    /// <summary>The values of a string.unpack that is under way.</summary>
    public List<UnpackedValue> Unpacked { get; } = [];

    /// <summary>What debug.upvalueid gave: the holder (a cell, or a function and the upvalue's number) and the pointer.</summary>
    public List<(GuestValue Holder, int Number, ulong Id)> UpvalueIdentities { get; } = [];

    /// <summary>Whether warn() writes.</summary>
    public bool WarningsAreOn { get; set; }

    /// <summary>Whether the last piece of a warning said that more comes.</summary>
    public bool WarningContinues { get; set; }

    public bool CollectorIsStopped { get; set; }

    /// <summary>As in lua.c, which begins generational.</summary>
    public bool CollectorIsGenerational { get; set; } = true;

    public long CollectorPause { get; set; } = 200;

    public long CollectorStepMultiplier { get; set; } = 100;

    /// <summary>Writes out and closes what programs left open.</summary>
    public void Dispose() => Files.Dispose();
}
