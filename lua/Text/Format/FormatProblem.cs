using System.Text;

namespace Mu.Lua.Text.Format;

/// <summary>What can be wrong with a conversion of <c>string.format</c>.</summary>
internal enum FormatProblem : byte
{
    /// <summary>Nothing.</summary>
    None,
    TooLong,
    UnknownConversion,
    InvalidSpecification,
    ModifiersOnQuote,
}

/// <summary>PUC's words for each problem, and those for arguments.</summary>
internal static class FormatProblemText
{
    /// <summary>Argument error of a conversion without an argument.</summary>
    public const string NoValue = "no value";

    /// <summary>Argument error of <c>%q</c> for a value that is not nil, boolean, number or string.</summary>
    public const string NoLiteral = "value has no literal form";

    /// <summary>Argument error of <c>%s</c> with modifiers for a string with a zero byte.</summary>
    public const string ContainsZeros = "string contains zeros";

    /// <summary>The message; <paramref name="text"/> is the conversion from its percent sign on.</summary>
    public static string Of(FormatProblem problem, ReadOnlySpan<byte> text)
    {
        // A C string ends at the first zero byte.
        int zero = text.IndexOf((byte)0);
        string conversion = Encoding.Latin1.GetString(zero < 0 ? text : text[..zero]);
        return problem switch
        {
            FormatProblem.TooLong => "invalid format (too long)",
            FormatProblem.UnknownConversion => $"invalid conversion '{conversion}' to 'format'",
            FormatProblem.InvalidSpecification => $"invalid conversion specification: '{conversion}'",
            FormatProblem.ModifiersOnQuote => "specifier '%q' cannot have modifiers",
            _ => throw new ArgumentOutOfRangeException(nameof(problem)),
        };
    }
}
