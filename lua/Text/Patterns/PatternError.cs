namespace Mu.Lua.Text.Patterns;

/// <summary>What can be wrong with a pattern or a replacement.</summary>
internal enum PatternError
{
    /// <summary>Nothing.</summary>
    None,
    EndsWithEscape,
    MissingBracket,
    MissingBalanceArguments,
    MissingFrontierSet,
    InvalidPatternCapture,
    UnfinishedCapture,
    TooManyCaptures,
    TooComplex,
    InvalidCaptureIndex,
    InvalidEscapeInReplacement,
    /// <summary>The program is interrupted.</summary>
    Stopped,
}

/// <summary>PUC's words for each error.</summary>
internal static class PatternErrorText
{
    /// <summary>The message; <paramref name="index"/> is the capture index where the error names one.</summary>
    public static string Of(PatternError error, int index) => error switch
    {
        PatternError.EndsWithEscape => "malformed pattern (ends with '%')",
        PatternError.MissingBracket => "malformed pattern (missing ']')",
        PatternError.MissingBalanceArguments => "malformed pattern (missing arguments to '%b')",
        PatternError.MissingFrontierSet => "missing '[' after '%f' in pattern",
        PatternError.InvalidPatternCapture => "invalid pattern capture",
        PatternError.UnfinishedCapture => "unfinished capture",
        PatternError.TooManyCaptures => "too many captures",
        PatternError.TooComplex => "pattern too complex",
        PatternError.InvalidCaptureIndex => $"invalid capture index %{index}",
        PatternError.InvalidEscapeInReplacement => "invalid use of '%' in replacement string",
        PatternError.Stopped => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(error)),
    };
}
