using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

/// <summary>A function version, decoded.</summary>
internal sealed class VersionCode(FunctionVersion version)
{
    /// <summary>The version.</summary>
    public FunctionVersion Version { get; } = version;

    /// <summary>The entry block.</summary>
    public BlockCode Entry => Blocks[0];

    /// <summary>The blocks, in the version's order.</summary>
    public BlockCode[] Blocks { get; set; } = [];

    /// <summary>Words of constants; no reference into the heap is among them.</summary>
    public ulong[] Constants { get; set; } = [];

    /// <summary>Words that a frame needs: those of the largest block.</summary>
    public int FrameWords { get; set; }
}

/// <summary>A basic block, decoded. Its words are numbered from 0: normal parameters, exception parameter, results.</summary>
internal sealed class BlockCode
{
    /// <summary>The operations; the first is the safepoint poll.</summary>
    public Operation[] Operations { get; set; } = [];

    /// <summary>Whether an exception arrives behind the normal parameters.</summary>
    public bool HasExceptionParameter { get; init; }

    /// <summary>The words that hold references, and when.</summary>
    public RootWord[] Roots { get; set; } = [];
}

/// <summary>
/// A word of a block that holds a reference. Times count two for each operation: 2i while operation i runs or waits, 2i + 1 when it is done, which is when results appear
/// and when keep-alive values and destinations' arguments are used. So a collection sees what is live and nothing else.
/// </summary>
/// <param name="Slot">The word.</param>
/// <param name="Kind">How it refers.</param>
/// <param name="Defined">When the value comes about; -1 for parameters.</param>
/// <param name="LastUse">When it is used last.</param>
internal readonly record struct RootWord(int Slot, SlotKind Kind, int Defined, int LastUse)
{
    /// <summary>Whether the word is live while operation <paramref name="position"/> runs or waits.</summary>
    public bool IsLiveAt(int position) => Defined < 2 * position && LastUse > 2 * position;
}
