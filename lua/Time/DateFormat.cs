using System.Globalization;
using System.Text;
using Mu.Lua.Numbers;
using Mu.Lua.Text;

namespace Mu.Lua.Time;

/// <summary><c>os.date</c> with a format: C99's strftime in the C locale, as glibc fills it in.</summary>
internal static class DateFormat
{
    private static readonly string[] s_days = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;
    private static readonly string[] s_months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;

    /// <summary>Adds a date; false leaves the message of an error about argument 1.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> format, in BrokenTime time, ByteBuffer to, out string message)
    {
        message = "";
        for (int at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
            {
                to.Append(format[at]);
                continue;
            }
            ReadOnlySpan<byte> rest = format[(at + 1)..];
            int length = OptionLength(rest);
            if (length == 0)
            {
                int zero = rest.IndexOf((byte)0);
                message = $"invalid conversion specifier '%{Encoding.Latin1.GetString(zero < 0 ? rest : rest[..zero])}'";
                return false;
            }
            Write(rest[length - 1], time, to);
            at += length;
        }
        return true;
    }

    // LUA_STRFTIMEOPTIONS for C99. The C locale has nothing for the modifiers E and O to modify.
    private static int OptionLength(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'E', var c, ..] when "cCxXyY"u8.Contains(c) => 2,
        [(byte)'O', var c, ..] when "deHImMSuUVwWy"u8.Contains(c) => 2,
        [var c, ..] when "aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%"u8.Contains(c) => 1,
        _ => 0,
    };

    private static void Write(byte conversion, in BrokenTime time, ByteBuffer to)
    {
        switch (conversion)
        {
            case (byte)'a': Name(s_days[time.WeekDay - 1], 3, to); break;
            case (byte)'A': Name(s_days[time.WeekDay - 1], int.MaxValue, to); break;
            case (byte)'b' or (byte)'h': Name(s_months[time.Month - 1], 3, to); break;
            case (byte)'B': Name(s_months[time.Month - 1], int.MaxValue, to); break;
            case (byte)'c': WriteAll("a b e T Y"u8, time, to); break;
            case (byte)'D' or (byte)'x': WriteAll("m/d/y"u8, time, to); break;
            case (byte)'F': WriteAll("Y-m-d"u8, time, to); break;
            case (byte)'r': WriteAll("I:M:S p"u8, time, to); break;
            case (byte)'R': WriteAll("H:M"u8, time, to); break;
            case (byte)'T' or (byte)'X': WriteAll("H:M:S"u8, time, to); break;
            case (byte)'n': to.Append((byte)'\n'); break;
            case (byte)'t': to.Append((byte)'\t'); break;
            case (byte)'p': to.Append(time.Hour < 12 ? "AM"u8 : "PM"u8); break;
            case (byte)'z': WriteOffset(time.Offset, to); break;
            case (byte)'Z': Name(time.Zone, int.MaxValue, to); break;
            case (byte)'e': Number(time.Day, 2, to, (byte)' '); break;
            case (byte)'%': to.Append((byte)'%'); break;
            default: WriteNumber(conversion, time, to); break;
        }
    }

    private static void WriteNumber(byte conversion, in BrokenTime time, ByteBuffer to)
    {
        (long value, int digits) = (char)conversion switch
        {
            'C' => (FloorDivide(time.Year, 100), 1),
            'd' => (time.Day, 2),
            'g' => (Century(IsoWeek(time).Year), 2),
            'G' => (IsoWeek(time).Year, 1),
            'H' => (time.Hour, 2),
            'I' => ((time.Hour + 11) % 12 + 1, 2),
            'j' => (time.YearDay, 3),
            'm' => (time.Month, 2),
            'M' => (time.Minute, 2),
            'S' => (time.Second, 2),
            'u' => (IsoWeekDay(time), 1),
            'U' => ((time.YearDay - time.WeekDay + 7) / 7, 2),
            'V' => (IsoWeek(time).Week, 2),
            'w' => (time.WeekDay - 1, 1),
            'W' => ((time.YearDay - IsoWeekDay(time) + 7) / 7, 2),
            'y' => (Century(time.Year), 2),
            'Y' => (time.Year, 1),
            _ => throw new ArgumentOutOfRangeException(nameof(conversion)),
        };
        Number(value, digits, to, (byte)'0');
    }

    // Letters are conversions here, the rest stands for itself.
    private static void WriteAll(ReadOnlySpan<byte> conversions, in BrokenTime time, ByteBuffer to)
    {
        foreach (byte c in conversions)
        {
            if (char.IsAsciiLetter((char)c)) Write(c, time, to);
            else to.Append(c);
        }
    }

    private static void Name(string name, int length, ByteBuffer to)
    {
        foreach (char c in name.AsSpan(0, Math.Min(length, name.Length))) to.Append((byte)c);
    }

    private static void Number(long value, int digits, ByteBuffer to, byte padding)
    {
        Span<byte> text = stackalloc byte[LuaNumberText.MaxLength];
        int length = LuaNumberText.Write(value, text);
        to.Append(padding, Math.Max(0, digits - length));
        to.Append(text[..length]);
    }

    private static void WriteOffset(int seconds, ByteBuffer to)
    {
        to.Append((byte)(seconds < 0 ? '-' : '+'));
        int minutes = Math.Abs(seconds) / 60;
        Number(minutes / 60 * 100 + minutes % 60, 4, to, (byte)'0');
    }

    private static long FloorDivide(long value, int by) => value >= 0 ? value / by : -((by - 1 - value) / by);

    private static long Century(long year) => year - FloorDivide(year, 100) * 100;

    // Monday is 1, Sunday 7.
    private static int IsoWeekDay(in BrokenTime time) => (time.WeekDay + 5) % 7 + 1;

    // ISO 8601: a week belongs to the year that holds its Thursday.
    private static (long Year, int Week) IsoWeek(in BrokenTime time)
    {
        int thursday = time.YearDay - IsoWeekDay(time) + 4, length = DaysOf(time.Year);
        if (thursday < 1) return (time.Year - 1, (thursday + DaysOf(time.Year - 1) + 6) / 7);
        return thursday > length ? (time.Year + 1, 1) : (time.Year, (thursday + 6) / 7);
    }

    private static int DaysOf(long year) => CivilDate.IsLeap(year) ? 366 : 365;
}
