// Expected values come from the reference implementation, Lua 5.4, on glibc.
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mu.Lua.Text;
using Mu.Lua.Time;
using Xunit;

namespace Mu.Lua.Tests.Time;

/// <summary>An expected error is "!" and the message.</summary>
public sealed class TimeTests
{
    public static TheoryData<string, long, string> Dates => new()
    {
        { "%c", 0L, "Thu Jan  1 00:00:00 1970" },
        { "%c", 1000000000L, "Sun Sep  9 01:46:40 2001" },
        { "%A %B %a %b %h", 1709164800L, "Thursday February Thu Feb Feb" },
        { "%C %d %D %e %F %g %G", 1704067199L, "20 31 12/31/23 31 2023-12-31 23 2023" },
        { "%H %I %j %m %M %p %r %R", 1735689599L, "23 11 366 12 59 PM 11:59:59 PM 23:59" },
        { "%S %T %u %U %V %w %W", 1735603200L, "00 00:00:00 2 52 01 2 53" },
        { "%x %X %y %Y %z %Z %n %t %%", 86399L, "01/01/70 23:59:59 70 1970 +0000 GMT \u000a \u0009 %" },
        { "%G-%V %G-%V", 1609459200L, "2020-53 2020-53" },
        { "%G-%V", 1230768000L, "2009-01" },
        { "%G-%V", 1293753600L, "2010-52" },
        { "%G-%V", -157852800L, "1964-53" },
        { "%I %p", 43200L, "12 PM" },
        { "%Ec %EC %Ex %EX %Ey %EY", 5L, "Thu Jan  1 00:00:05 1970 19 01/01/70 00:00:05 70 1970" },
        { "%Od %Oe %OH %OI %Om %OM %OS %Ou %OU %OV %Ow %OW %Oy", 5L, "01  1 00 12 01 00 05 4 00 01 4 00 70" },
        { "%Y %C %y %G %g %F", -62135596801L, "0 0 00 0 00 0-12-31" },
        { "%Y %C %y %G %g %F", -99999999999L, "-1199 -12 01 -1199 01 -1199-02-15" },
        { "%c", 67768036191676800L, "!date result cannot be represented in this installation" },
        { "%c", -67768040609740800L, "Thu Jan  1 00:00:00 -2147481748" },
        { "%c", -67768040609740801L, "!date result cannot be represented in this installation" },
        { "%c", long.MaxValue, "!date result cannot be represented in this installation" },
        { "a\u0000b", 0L, "a\u0000b" },
        { "", 0L, "" },
        { "%Q", 0L, "!invalid conversion specifier '%Q'" },
        { "%", 0L, "!invalid conversion specifier '%'" },
        { "%E", 0L, "!invalid conversion specifier '%E'" },
        { "%Ea tail", 0L, "!invalid conversion specifier '%Ea tail'" },
        { "%Oa", 0L, "!invalid conversion specifier '%Oa'" },
        { "%k", 0L, "!invalid conversion specifier '%k'" },
        { "%\u0000x", 0L, "!invalid conversion specifier '%'" },
        { "*tx", 0L, "*tx" },
    };

    public static TheoryData<long[], string> Times => new()
    {
        { [1970, 1, 1, 0, 0, 0], "0: 1970-1-1 0:0:0 5 1" },
        { [1969, 12, 31, 23, 59, 59], "!time result cannot be represented in this installation" },
        { [1969, 12, 31, 23, 59, 58], "-2: 1969-12-31 23:59:58 4 365" },
        { [2020, 14, -3, 25, -61, 3601], "1611881941: 2021-1-29 0:59:1 6 29" },
        { [2000, 2, 30, 12, 0, 0], "951912000: 2000-3-1 12:0:0 4 61" },
        { [1900, 2, 29, 12, 0, 0], "-2203848000: 1900-3-1 12:0:0 5 60" },
        { [2024, 0, 0, 0, 0, 0], "1701302400: 2023-11-30 0:0:0 5 334" },
        { [2024, -23, 1, 0, 0, 0], "1640995200: 2022-1-1 0:0:0 7 1" },
        { [-1, 1, 1, 0, 0, 0], "-62198755200: -1-1-1 0:0:0 6 1" },
        { [2020, 1, 1, 0, 0, 2147483647], "3725320447: 2088-1-19 3:14:7 2 19" },
        { [2020, 1, 1, 0, -2147483648, 0], "-127271182080: -2064-12-8 21:52:0 3 343" },
        { [2020, 1, 2147483647, 0, 0, 0], "185544164851200: 5881630-7-10 0:0:0 4 191" },
        { [2020, 2147483648, 1, 12, 0, 0], "5647338108619200: 178958990-8-1 12:0:0 1 213" },
        { [2147485547, 12, 31, 23, 59, 59], "67768036191676799: 2147485547-12-31 23:59:59 4 365" },
        { [2147485547, 12, 32, 0, 0, 0], "!time result cannot be represented in this installation" },
        { [-2147481748, 1, 1, 0, 0, 0], "-67768040609740800: -2147481748-1-1 0:0:0 5 1" },
        { [-2147481748, 1, 0, 0, 0, 0], "!time result cannot be represented in this installation" },
        { [2147485548, 1, 1, 0, 0, 0], "!field 'year' is out-of-bound" },
        { [-2147481749, 1, 1, 0, 0, 0], "!field 'year' is out-of-bound" },
        { [2020, 2147483649, 1, 0, 0, 0], "!field 'month' is out-of-bound" },
        { [2020, 1, 2147483648, 0, 0, 0], "!field 'day' is out-of-bound" },
        { [2020, 1, 1, 0, 0, long.MinValue], "!field 'sec' is out-of-bound" },
    };

    public static TheoryData<string, long[], bool?, long, string> Zones => new()
    {
        { "Europe/Berlin", [2020, 1, 1, 12, 0, 0], null, 1577876400L, "2020-01-01 12:00:00 +0100" },
        { "Europe/Berlin", [2020, 7, 1, 12, 0, 0], null, 1593597600L, "2020-07-01 12:00:00 +0200" },
        { "Europe/Berlin", [2020, 3, 29, 4, 0, 0], null, 1585447200L, "2020-03-29 04:00:00 +0200" },
        { "Europe/Berlin", [2020, 1, 1, 12, 0, 0], true, 1577872800L, "2020-01-01 11:00:00 +0100" },
        { "Europe/Berlin", [2020, 7, 1, 12, 0, 0], false, 1593601200L, "2020-07-01 13:00:00 +0200" },
        { "Europe/Berlin", [1955, 6, 1, 12, 0, 0], null, -460299600L, "1955-06-01 12:00:00 +0100" },
        { "Europe/Berlin", [2500, 7, 1, 12, 0, 0], null, 16740900000L, "2500-07-01 12:00:00 +0200" },
        { "Europe/Berlin", [12020, 7, 1, 12, 0, 0], null, 317163117600L, "12020-07-01 12:00:00 +0200" },
        { "America/New_York", [2020, 1, 1, 12, 0, 0], null, 1577898000L, "2020-01-01 12:00:00 -0500" },
        { "America/New_York", [2020, 7, 1, 12, 0, 0], null, 1593619200L, "2020-07-01 12:00:00 -0400" },
        { "America/New_York", [2020, 3, 29, 4, 0, 0], null, 1585468800L, "2020-03-29 04:00:00 -0400" },
        { "America/New_York", [2020, 1, 1, 12, 0, 0], true, 1577894400L, "2020-01-01 11:00:00 -0500" },
        { "America/New_York", [2020, 7, 1, 12, 0, 0], false, 1593622800L, "2020-07-01 13:00:00 -0400" },
        { "America/New_York", [1955, 6, 1, 12, 0, 0], null, -460281600L, "1955-06-01 12:00:00 -0400" },
        { "America/New_York", [2500, 7, 1, 12, 0, 0], null, 16740921600L, "2500-07-01 12:00:00 -0400" },
        { "America/New_York", [12020, 7, 1, 12, 0, 0], null, 317163139200L, "12020-07-01 12:00:00 -0400" },
        { "Australia/Lord_Howe", [2020, 1, 1, 12, 0, 0], null, 1577840400L, "2020-01-01 12:00:00 +1100" },
        { "Australia/Lord_Howe", [2020, 7, 1, 12, 0, 0], null, 1593567000L, "2020-07-01 12:00:00 +1030" },
        { "Australia/Lord_Howe", [2020, 3, 29, 4, 0, 0], null, 1585414800L, "2020-03-29 04:00:00 +1100" },
        { "Australia/Lord_Howe", [2020, 1, 1, 12, 0, 0], true, 1577840400L, "2020-01-01 12:00:00 +1100" },
        { "Australia/Lord_Howe", [2020, 7, 1, 12, 0, 0], false, 1593567000L, "2020-07-01 12:00:00 +1030" },
        { "Australia/Lord_Howe", [1955, 6, 1, 12, 0, 0], null, -460332000L, "1955-06-01 12:00:00 +1000" },
        { "Australia/Lord_Howe", [2500, 7, 1, 12, 0, 0], null, 16740869400L, "2500-07-01 12:00:00 +1030" },
        { "Australia/Lord_Howe", [12020, 7, 1, 12, 0, 0], null, 317163087000L, "12020-07-01 12:00:00 +1030" },
    };

    [Theory, MemberData(nameof(Dates))]
    public void A_date_is_written_as_by_the_reference(string format, long seconds, string expected)
        => Assert.Equal(expected, Clock.TryBreakUniversal(seconds, out BrokenTime time) ? Write(format, time) : "!" + TimeErrorText.NoDate);

    [Theory, MemberData(nameof(Times))]
    public void Fields_are_normalised_as_by_the_reference(long[] values, string expected)
        => Assert.Equal(expected, Make(values));

    [Theory, MemberData(nameof(Zones))]
    public void Local_time_follows_the_zone(string id, long[] values, bool? isDaylight, long seconds, string date)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        Assert.True(Clock.TryMake(new TimeFields(values, isDaylight), zone, out long made, out BrokenTime time));
        Assert.Equal(seconds, made);
        Assert.Equal(date, Write("%F %T %z", time));
    }

    [Fact]
    public void Fields_of_a_moment_make_the_moment_again()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<long>(value =>
        {
            long seconds = value * 0x5851f42d4c957f2d >> 8;
            return seconds == -1 || !Clock.TryBreakUniversal(seconds, out BrokenTime time)
                || (Clock.TryMake(new TimeFields(time.Year, time.Month, time.Day, time.Hour, time.Minute, time.Second, null),
                    TimeZoneInfo.Utc, out long made, out BrokenTime again) && made == seconds && again with { Zone = "GMT" } == time);
        }));

    [Fact]
    public void Days_agree_with_the_calendar_of_the_platform()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<int>(value =>
        {
            var expected = DateTime.UnixEpoch.AddDays(value * 0x9e3779b1L % 700000);
            long day = (expected - DateTime.UnixEpoch).Days;
            return expected.Year is < 1 or > 9999 || (CivilDate.FromDay(day) == (expected.Year, expected.Month - 1, expected.Day)
                && CivilDate.DayOfMonthStart(expected.Year, expected.Month - 1) == day - expected.Day + 1);
        }));

    private static string Write(string format, BrokenTime time)
    {
        var to = new ByteBuffer();
        return DateFormat.TryWrite(Encoding.Latin1.GetBytes(format), time, to, out string message)
            ? Encoding.Latin1.GetString(to.Written)
            : "!" + message;
    }

    private static string Make(long[] values)
    {
        for (int i = 0; i < values.Length; i++)
            if (!TimeField.All[i].Fits(values[i])) return "!" + TimeErrorText.OutOfBound(TimeField.All[i].Key);
        return Clock.TryMake(new TimeFields(values, null), TimeZoneInfo.Utc, out long seconds, out BrokenTime t)
            ? string.Create(CultureInfo.InvariantCulture,
                $"{seconds}: {t.Year}-{t.Month}-{t.Day} {t.Hour}:{t.Minute}:{t.Second} {t.WeekDay} {t.YearDay}")
            : "!" + TimeErrorText.NoTime;
    }
}
