namespace Mu.Lua.Time;

/// <summary>A moment in fields, C's <c>struct tm</c>, with the fields in the ranges and offsets that Lua shows.</summary>
internal readonly record struct BrokenTime
{
    /// <summary>The year, as it is written.</summary>
    public required long Year { get; init; }

    /// <summary>1 to 12.</summary>
    public required int Month { get; init; }

    /// <summary>1 to 31.</summary>
    public required int Day { get; init; }

    /// <summary>0 to 23.</summary>
    public required int Hour { get; init; }

    /// <summary>0 to 59.</summary>
    public required int Minute { get; init; }

    /// <summary>0 to 59.</summary>
    public required int Second { get; init; }

    /// <summary>1 (Sunday) to 7.</summary>
    public required int WeekDay { get; init; }

    /// <summary>1 to 366.</summary>
    public required int YearDay { get; init; }

    /// <summary>Whether daylight saving time is in effect.</summary>
    public required bool IsDaylight { get; init; }

    /// <summary>Seconds east of Greenwich.</summary>
    public required int Offset { get; init; }

    /// <summary>Name of the time zone.</summary>
    public required string Zone { get; init; }
}
