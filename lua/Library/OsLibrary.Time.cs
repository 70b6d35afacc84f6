using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Time;

namespace Mu.Lua.Library;

/// <summary>os.clock, date, difftime and time.</summary>
internal static unsafe partial class OsLibrary
{
    private static LeafResult ProcessorTime(ref HostCall c) => Arguments.Double(Clock.ProcessorSeconds);

    private static LeafResult DiffTime(ref HostCall c)
    {
        long later = c.CheckInteger(0);
        return Arguments.Double((double)(later - c.CheckInteger(1)));
    }

    private static LeafResult Date(ref HostCall c)
    {
        byte[] format = c.IsNoneOrNil(0) ? "%c"u8.ToArray() : c.CheckString(0).ToArray();
        long seconds = c.IsNoneOrNil(1) ? Clock.Now : c.CheckInteger(1);
        ReadOnlySpan<byte> rest = format;
        bool isUniversal = rest.StartsWith("!"u8);
        if (isUniversal) rest = rest[1..];
        if (!(isUniversal ? Clock.TryBreakUniversal(seconds, out var time) : Clock.TryBreakLocal(seconds, TimeZoneInfo.Local, out time)))
            throw c.Error(TimeErrorText.NoDate);
        if (rest.SequenceEqual("*t"u8) || rest.StartsWith("*t\0"u8))
        {
            ref ulong table = ref c.NewTable();
            SetTimeFields(ref c, ref table, time);
            return HostCall.One(table);
        }
        var buffer = c.Library().TakeBuffer();
        return DateFormat.TryWrite(rest, time, buffer, out string message) ? c.StringResult(buffer.Written) : throw c.ArgumentError(0, message);
    }

    /// <summary>A table with a metatable is read and written by the prelude, which hands over a plain one.</summary>
    private static LeafResult MakeTime(ref HostCall c)
    {
        if (c.IsNoneOrNil(0)) return HostCall.One(TagRef64.FromInt(Clock.Now));
        if (c.CheckTable(0)->Metatable != null) return HostCall.Deferred;
        ref ulong table = ref c.Root(c[0]);
        Span<long> values = stackalloc long[TimeField.All.Length];
        for (int i = 0; i < values.Length; i++) values[i] = TimeFieldValue(ref c, table, TimeField.All[i]);
        ulong daylight = c.GetField(table, "isdst");
        bool? isDaylight = daylight == LuaTag.NilWord ? null : !LuaTag.IsFalsy(daylight);
        if (!Clock.TryMake(new TimeFields(values, isDaylight), TimeZoneInfo.Local, out long seconds, out var normalised)) throw c.Error(TimeErrorText.NoTime);
        SetTimeFields(ref c, ref table, normalised);
        return HostCall.One(c.Integer(seconds));
    }

    private static long TimeFieldValue(ref HostCall c, ulong table, TimeField field)
    {
        ulong word = c.GetField(table, field.Key);
        if (!LuaNumbers.TryCoerce(word, out bool isInteger, out long value, out double real) || (!isInteger && !Numbers.LuaArithmetic.TryToInteger(real, out value)))
        {
            if (word != LuaTag.NilWord) throw c.Error(TimeErrorText.NotInteger(field.Key));
            return field.Default ?? throw c.Error(TimeErrorText.Missing(field.Key));
        }
        return field.Fits(value) ? value : throw c.Error(TimeErrorText.OutOfBound(field.Key));
    }

    private static void SetTimeFields(ref HostCall c, ref ulong table, in BrokenTime time)
    {
        c.SetField(ref table, "year", TagRef64.FromInt(time.Year));
        c.SetField(ref table, "month", TagRef64.FromInt(time.Month));
        c.SetField(ref table, "day", TagRef64.FromInt(time.Day));
        c.SetField(ref table, "hour", TagRef64.FromInt(time.Hour));
        c.SetField(ref table, "min", TagRef64.FromInt(time.Minute));
        c.SetField(ref table, "sec", TagRef64.FromInt(time.Second));
        c.SetField(ref table, "yday", TagRef64.FromInt(time.YearDay));
        c.SetField(ref table, "wday", TagRef64.FromInt(time.WeekDay));
        c.SetField(ref table, "isdst", LuaTag.Boolean(time.IsDaylight));
    }
}
