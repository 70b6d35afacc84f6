namespace Mu.Core.Images;

/// <summary>What a type's or signature's entry is, beside the kinds of types.</summary>
internal static class TypeEntry
{
    /// <summary>A signature.</summary>
    public const int Signature = 32;

    /// <summary>One that every micro VM has, by its name.</summary>
    public const int Predefined = 33;

    /// <summary>One more than the last kind.</summary>
    public const int Limit = 34;
}

/// <summary>Kinds of global variables in an image; the numbers stand in files.</summary>
internal enum GlobalEntry
{
    Int = 1,
    Float,
    Double,
    Null,
    Composite,
    Extern,
    TagRef,
    Cell,
    Function,
    Exposed,
    Limit,
}
