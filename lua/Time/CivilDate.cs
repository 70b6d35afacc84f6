namespace Mu.Lua.Time;

/// <summary>Day numbers of the Gregorian calendar for any year, after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".</summary>
internal static class CivilDate
{
    private const int DaysOfEra = 146097;
    private const int YearsOfEra = 400;

    // From 1 March 0000, where the eras begin, to 1 January 1970.
    private const int EpochOffset = 719468;

    /// <summary>Days from 1970-01-01 to the first of a month (0 to 11).</summary>
    public static long DayOfMonthStart(long year, int month)
    {
        if (month < 2) year--;
        long era = Math.DivRem(year, YearsOfEra, out long yearOfEra);
        if (yearOfEra < 0)
        {
            era--;
            yearOfEra += YearsOfEra;
        }
        long dayOfYear = (153 * ((month + 10) % 12) + 2) / 5;
        return era * DaysOfEra + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - EpochOffset;
    }

    /// <summary>Year, month (0 to 11) and day (1 to 31) of a day number.</summary>
    public static (long Year, int Month, int Day) FromDay(long day)
    {
        day += EpochOffset;
        long era = Math.DivRem(day, DaysOfEra, out long dayOfEra);
        if (dayOfEra < 0)
        {
            era--;
            dayOfEra += DaysOfEra;
        }
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
        int dayOfYear = (int)(dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100));
        int fromMarch = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * fromMarch + 2) / 5 + 1;
        int month = (fromMarch + 2) % 12;
        return (era * YearsOfEra + yearOfEra + (month < 2 ? 1 : 0), month, dayOfMonth);
    }

    /// <summary>Whether a year has 366 days.</summary>
    public static bool IsLeap(long year) => (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
}
