namespace Mu.Lua.Time;

/// <summary>Offsets of a time zone for moments that .NET's calendar, years 1 to 9999, may not reach.</summary>
internal static class ZoneRules
{
    // 0001-01-03 and 9999-12-29: a day of room for offsets at both ends.
    private const long MinSeconds = -62135424000;
    private const long MaxSeconds = 253402041600;

    // The Gregorian calendar, weekdays too, repeats after this.
    private const long SecondsOfCycle = 146097L * 86400;

    /// <summary>Seconds east of Greenwich at a moment, and whether daylight saving time is in effect.</summary>
    public static (int Offset, bool IsDaylight) At(TimeZoneInfo zone, long seconds)
    {
        DateTime moment = DateTime.UnixEpoch.AddSeconds(Reachable(seconds));
        return ((int)zone.GetUtcOffset(moment).TotalSeconds, zone.IsDaylightSavingTime(moment));
    }

    /// <summary>
    /// The moment of a local time. Of the two moments of an hour that comes twice, and for one that does not come at all, what the caller says
    /// about daylight saving time decides, as in mktime; without a word it is the later of the two, or the offset before the gap.
    /// </summary>
    public static long ToUniversal(TimeZoneInfo zone, long local, bool? isDaylight)
    {
        if (isDaylight is bool wanted) return ToUniversal(zone, local, wanted);
        (int before, _) = At(zone, local - 86400);
        (int after, _) = At(zone, local + 86400);
        return At(zone, local - after).Offset == after ? local - after : local - before;
    }

    /// <summary>The zone's abbreviation where .NET has it, else its offset in digits, as the zone database names zones without one.</summary>
    public static string Name(TimeZoneInfo zone, int offset, bool isDaylight)
    {
        if (offset == 0 && zone.HasSameRules(TimeZoneInfo.Utc)) return "UTC";
        string name = isDaylight ? zone.DaylightName : zone.StandardName;
        if (name.Length is >= 3 and <= 6 && name.All(char.IsAscii) && !name.Contains(' ', StringComparison.Ordinal)) return name;
        int minutes = Math.Abs(offset) / 60;
        string digits = minutes % 60 == 0 ? $"{minutes / 60:00}" : $"{minutes / 60:00}{minutes % 60:00}";
        return (offset < 0 ? "-" : "+") + digits;
    }

    // The zone's offset with and without daylight saving near that time; a zone that has none is taken to move by an hour.
    private static long ToUniversal(TimeZoneInfo zone, long local, bool wanted)
    {
        const int Quarter = 91 * 86400;
        (int offset, bool isDaylight) = At(zone, ToUniversal(zone, local, null));
        if (isDaylight == wanted) return local - offset;
        for (int i = 1; i <= 2; i++)
            foreach (long near in (ReadOnlySpan<long>)[local - i * Quarter, local + i * Quarter])
                if (At(zone, near) is var other && other.IsDaylight == wanted) return local - other.Offset;
        return local - offset + (wanted ? -3600 : 3600);
    }

    private static long Reachable(long seconds)
    {
        if (seconds is >= MinSeconds and <= MaxSeconds) return seconds;
        long over = seconds > MaxSeconds ? seconds - MaxSeconds : seconds - MinSeconds;
        long moved = seconds - over / SecondsOfCycle * SecondsOfCycle;
        return moved > MaxSeconds ? moved - SecondsOfCycle : moved < MinSeconds ? moved + SecondsOfCycle : moved;
    }
}
