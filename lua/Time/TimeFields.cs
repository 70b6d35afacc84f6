namespace Mu.Lua.Time;

/// <summary>A field of the table that <c>os.time</c> reads; those without a default must be there.</summary>
internal readonly record struct TimeField(string Key, int? Default, int Delta)
{
    /// <summary>The fields in the order in which they are read, which decides the first error.</summary>
    public static readonly TimeField[] All =
    [
        new("year", null, 1900),
        new("month", null, 1),
        new("day", null, 0),
        new("hour", 12, 0),
        new("min", 0, 0),
        new("sec", 0, 0),
    ];

    /// <summary>Whether a value fits C's int, in which the field stands less its delta.</summary>
    public bool Fits(long value) => value >= 0 ? value - Delta <= int.MaxValue : int.MinValue + Delta <= value;
}

/// <summary>Values of the fields, not normalised; no word on daylight saving time leaves that to the zone.</summary>
internal readonly record struct TimeFields(long Year, long Month, long Day, long Hour, long Minute, long Second, bool? IsDaylight)
{
    /// <summary>Values in the order of <see cref="TimeField.All"/>.</summary>
    public TimeFields(ReadOnlySpan<long> values, bool? isDaylight)
        : this(values[0], values[1], values[2], values[3], values[4], values[5], isDaylight)
    {
    }
}

/// <summary>PUC's words for what can be wrong with a time or a date.</summary>
internal static class TimeErrorText
{
    /// <summary>Error of <c>os.time</c>.</summary>
    public const string NoTime = "time result cannot be represented in this installation";

    /// <summary>Error of <c>os.date</c>.</summary>
    public const string NoDate = "date result cannot be represented in this installation";

    /// <summary>Error for an absent field without a default.</summary>
    public static string Missing(string key) => $"field '{key}' missing in date table";

    /// <summary>Error for a value that is not an integer.</summary>
    public static string NotInteger(string key) => $"field '{key}' is not an integer";

    /// <summary>Error for a value that does not fit.</summary>
    public static string OutOfBound(string key) => $"field '{key}' is out-of-bound";
}
