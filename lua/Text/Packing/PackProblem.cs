namespace Mu.Lua.Text.Packing;

/// <summary>What can be wrong in <c>string.pack</c>, <c>unpack</c> and <c>packsize</c>.</summary>
internal enum PackProblem : byte
{
    /// <summary>Nothing.</summary>
    None,
    InvalidOption,
    SizeOutOfLimits,
    MissingSize,
    InvalidNextOption,
    AlignmentNotPowerOfTwo,
    VariableLength,
    ResultTooLarge,
    IntegerOverflow,
    UnsignedOverflow,
    StringTooLong,
    LengthDoesNotFit,
    ContainsZeros,
    PositionOutOfString,
    DataTooShort,
    UnfinishedString,
    IntegerDoesNotFit,
}

/// <summary>What an error of packing is about, hence how it is raised.</summary>
internal enum PackSubject : byte
{
    /// <summary>A plain error.</summary>
    None,

    /// <summary>Argument 1.</summary>
    Format,

    /// <summary>The argument that was to be packed.</summary>
    Value,

    /// <summary>Argument 2 of <c>unpack</c>.</summary>
    Data,

    /// <summary>Argument 3 of <c>unpack</c>.</summary>
    Position,
}

/// <summary>PUC's words for each problem.</summary>
internal static class PackProblemText
{
    /// <summary>The message; <paramref name="detail"/> is the option's letter or size where the error names one.</summary>
    public static string Of(PackProblem problem, int detail) => problem switch
    {
        PackProblem.InvalidOption => $"invalid format option '{(char)detail}'",
        PackProblem.SizeOutOfLimits => $"integral size ({detail}) out of limits [1,{PackItem.MaxIntegerSize}]",
        PackProblem.MissingSize => "missing size for format option 'c'",
        PackProblem.InvalidNextOption => "invalid next option for option 'X'",
        PackProblem.AlignmentNotPowerOfTwo => "format asks for alignment not power of 2",
        PackProblem.VariableLength => "variable-length format",
        PackProblem.ResultTooLarge => "format result too large",
        PackProblem.IntegerOverflow => "integer overflow",
        PackProblem.UnsignedOverflow => "unsigned overflow",
        PackProblem.StringTooLong => "string longer than given size",
        PackProblem.LengthDoesNotFit => "string length does not fit in given size",
        PackProblem.ContainsZeros => "string contains zeros",
        PackProblem.PositionOutOfString => "initial position out of string",
        PackProblem.DataTooShort => "data string too short",
        PackProblem.UnfinishedString => "unfinished string for format 'z'",
        PackProblem.IntegerDoesNotFit => $"{detail}-byte integer does not fit into Lua Integer",
        _ => throw new ArgumentOutOfRangeException(nameof(problem)),
    };

    /// <summary>How the error is raised.</summary>
    public static PackSubject Subject(PackProblem problem) => problem switch
    {
        PackProblem.InvalidOption or PackProblem.SizeOutOfLimits or PackProblem.MissingSize or PackProblem.IntegerDoesNotFit => PackSubject.None,
        PackProblem.InvalidNextOption or PackProblem.AlignmentNotPowerOfTwo or PackProblem.VariableLength or PackProblem.ResultTooLarge
            => PackSubject.Format,
        PackProblem.PositionOutOfString => PackSubject.Position,
        PackProblem.DataTooShort or PackProblem.UnfinishedString => PackSubject.Data,
        PackProblem.None => throw new ArgumentOutOfRangeException(nameof(problem)),
        _ => PackSubject.Value,
    };
}
