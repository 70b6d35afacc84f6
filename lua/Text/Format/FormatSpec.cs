namespace Mu.Lua.Text.Format;

/// <summary>One conversion: <c>%</c>, flags, width, precision and letter.</summary>
internal readonly struct FormatSpec
{
    /// <summary>The letter; 0 where the format ends too early.</summary>
    public byte Conversion { get; init; }

    /// <summary>Its flags.</summary>
    public FormatFlags Flags { get; init; }

    /// <summary>The least width, 0 to 99.</summary>
    public byte Width { get; init; }

    /// <summary>0 to 99, or -1 when there is none.</summary>
    public sbyte Precision { get; init; }

    /// <summary>What is wrong with it.</summary>
    public FormatProblem Problem { get; init; }

    /// <summary>Whether it is a lone letter.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Whether a flag is set.</summary>
    public bool Has(FormatFlags flag) => (Flags & flag) != 0;

    /// <summary>Whether PUC converts the argument, with its errors, before it looks at the modifiers.</summary>
    public bool ChecksArgumentFirst => Conversion is not ((byte)'c' or (byte)'a' or (byte)'A' or (byte)'q')
        && Problem is FormatProblem.None or FormatProblem.InvalidSpecification;
}
