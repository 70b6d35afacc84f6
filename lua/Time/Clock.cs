namespace Mu.Lua.Time;

/// <summary>Seconds since 1970 to fields and back, as C's <c>gmtime</c>, <c>localtime</c> and <c>mktime</c> do it.</summary>
internal static class Clock
{
    private const int SecondsOfDay = 86400;

    // C's tm_year is an int that counts from 1900.
    private const long MinYear = int.MinValue + 1900L;
    private const long MaxYear = int.MaxValue + 1900L;

    // Bounds outside of which no year is representable: keeps the sums below free of overflow.
    private const long MaxSeconds = 1L << 57;

    /// <summary>The time now.</summary>
    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <summary><c>os.clock</c>: processor time of this process in seconds.</summary>
    public static double ProcessorSeconds => Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Fields in universal time; false when the year does not fit C's int ("date result cannot be represented...").</summary>
    public static bool TryBreakUniversal(long seconds, out BrokenTime time) => TryBreak(seconds, 0, false, "GMT", out time);

    /// <summary>Fields in the local time of a zone; false as above.</summary>
    public static bool TryBreakLocal(long seconds, TimeZoneInfo zone, out BrokenTime time)
    {
        (int offset, bool isDaylight) = ZoneRules.At(zone, seconds);
        return TryBreak(seconds, offset, isDaylight, ZoneRules.Name(zone, offset, isDaylight), out time);
    }

    /// <summary>
    /// <c>mktime</c>: fields of any size are normalised. False when the result does not fit or is -1, which C gives for an error.
    /// </summary>
    public static bool TryMake(in TimeFields fields, TimeZoneInfo zone, out long seconds, out BrokenTime normalised)
    {
        long months = fields.Month - 1;
        long year = fields.Year + Math.DivRem(months, 12, out long month);
        if (month < 0)
        {
            month += 12;
            year--;
        }
        long day = CivilDate.DayOfMonthStart(year, (int)month) + fields.Day - 1;
        long local = day * SecondsOfDay + fields.Hour * 3600 + fields.Minute * 60 + fields.Second;
        seconds = ZoneRules.ToUniversal(zone, local, fields.IsDaylight);
        return TryBreakLocal(seconds, zone, out normalised) && seconds != -1;
    }

    private static bool TryBreak(long seconds, int offset, bool isDaylight, string zone, out BrokenTime time)
    {
        time = default;
        if (seconds is < -MaxSeconds or > MaxSeconds) return false;
        long day = Math.DivRem(seconds + offset, SecondsOfDay, out long ofDay);
        if (ofDay < 0)
        {
            day--;
            ofDay += SecondsOfDay;
        }
        (long year, int month, int dayOfMonth) = CivilDate.FromDay(day);
        if (year is < MinYear or > MaxYear) return false;
        int weekDay = (int)((day % 7 + 11) % 7);
        time = new BrokenTime
        {
            Year = year,
            Month = month + 1,
            Day = dayOfMonth,
            Hour = (int)ofDay / 3600,
            Minute = (int)ofDay / 60 % 60,
            Second = (int)ofDay % 60,
            WeekDay = weekDay + 1,
            YearDay = (int)(day - CivilDate.DayOfMonthStart(year, 0)) + 1,
            IsDaylight = isDaylight,
            Offset = offset,
            Zone = zone,
        };
        return true;
    }
}
