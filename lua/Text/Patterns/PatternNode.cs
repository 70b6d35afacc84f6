namespace Mu.Lua.Text.Patterns;

/// <summary>What a node of a compiled pattern does.</summary>
internal enum PatternOp : byte
{
    /// <summary>The end: a match.</summary>
    Match,
    /// <summary><c>$</c> at the end of the pattern.</summary>
    EndOfText,
    /// <summary>A mistake in the pattern, which is raised when a match gets here and not before.</summary>
    Error,
    /// <summary>One byte.</summary>
    Byte,
    /// <summary>One byte of a set.</summary>
    Set,
    /// <summary>Any byte.</summary>
    Any,
    /// <summary><c>?</c></summary>
    Optional,
    /// <summary><c>*</c> or <c>+</c></summary>
    Greedy,
    /// <summary><c>-</c></summary>
    Lazy,
    /// <summary><c>(</c></summary>
    Open,
    /// <summary><c>()</c></summary>
    Position,
    /// <summary><c>)</c></summary>
    Close,
    /// <summary><c>%b</c></summary>
    Balance,
    /// <summary><c>%f</c></summary>
    Frontier,
    /// <summary><c>%1</c> …</summary>
    BackReference,
}

/// <summary>How a run of an item's bytes is found.</summary>
internal enum RunKind : byte
{
    /// <summary>Byte by byte.</summary>
    Set,
    /// <summary>All that is there.</summary>
    Any,
    /// <summary>Up to one byte, by a vector search.</summary>
    UntilByte,
}

/// <summary>One item of a compiled pattern.</summary>
internal struct PatternNode
{
    /// <summary>What it does.</summary>
    public PatternOp Op;

    /// <summary>The byte of <see cref="PatternOp.Byte"/>; that which ends a run of <see cref="RunKind.UntilByte"/>; the opening one of a balance.</summary>
    public byte Byte;

    /// <summary>The closing byte of a balance.</summary>
    public byte Close;

    /// <summary>The least number of repetitions; 0 or 1.</summary>
    public byte Least;

    /// <summary>The number of the capture that is opened, closed or referred to.</summary>
    public byte Capture;

    /// <summary>How runs are found.</summary>
    public RunKind Run;

    /// <summary>
    /// Whether only the longest repetition can lead to a match: what follows never begins with a byte of the item, or always matches.
    /// </summary>
    public bool IsPossessive;

    /// <summary>Whether <see cref="Follow"/> has every byte.</summary>
    public bool FollowsAnything;

    /// <summary>The mistake.</summary>
    public PatternError Error;

    /// <summary>The bytes of the item.</summary>
    public ByteSet Set;

    /// <summary>The bytes with which the rest of the pattern may begin.</summary>
    public ByteSet Follow;
}
