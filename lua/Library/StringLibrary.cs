using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Text.Strings;

namespace Mu.Lua.Library;

/// <summary>string (lstrlib.c). This part: what needs neither patterns nor formats.</summary>
internal static unsafe partial class StringLibrary
{
    private const string Library = "string";
    private const long MaxLength = int.MaxValue;

    public static void Register(LibraryBuilder b)
    {
        b.Add(Library, "len", &Length);
        b.Add(Library, "sub", &Sub);
        b.Add(Library, "byte", &Byte);
        b.Add(Library, "char", &Char);
        b.Add(Library, "rep", &Repeat);
        b.Add(Library, "reverse", &Reverse);
        b.Add(Library, "upper", &Upper);
        b.Add(Library, "lower", &Lower);
        b.Add(Library, "find", &Find);
        b.Add(Library, "match", &Match);
        b.Add(Library, "gmatch", &GlobalMatch);
        b.Add(Library, "gsub", &Substitute);
        b.Add(Library, "format", &Format);
        b.Add(Library, "pack", &Pack);
        b.Add(Library, "packsize", &PackSize);
        b.Add(Library, "unpack", &Unpack);
        StringArithmetic.Register(b);
        b.State.GlobalMatchIterator = b.AddHidden("?", &NextGlobalMatch);
        b.State.Substitution = (b.AddHidden(null, &StartSubstitution), b.AddHidden(null, &StepSubstitution));
    }

    private static LeafResult Length(ref HostCall c) => HostCall.One(TagRef64.FromInt(c.CheckString(0).Length));

    private static LeafResult Sub(ref HostCall c)
    {
        int length = c.CheckString(0).Length;
        long from = StringRange.Start(c.CheckInteger(1), length);
        long to = StringRange.End(c.OptionalInteger(2, -1), length);
        if (from > to) return c.StringResult(default);
        return from == 1 && to == length ? HostCall.One(c[0]) : HostCall.One(c.Substring(c[0], (int)from - 1, (int)(to - from + 1)));
    }

    private static LeafResult Byte(ref HostCall c)
    {
        int length = c.CheckString(0).Length;
        long first = c.OptionalInteger(1, 1);
        long from = StringRange.Start(first, length);
        long to = c.IsNoneOrNil(2) ? StringRange.End(first, length) : StringRange.End(c.CheckInteger(2), length);
        if (from > to) return HostCall.None;
        if (from == to) return HostCall.One(TagRef64.FromInt(Arguments.BytesOf(c[0])[(int)from - 1]));
        int count = (int)(to - from + 1);
        ref ulong results = ref c.NewResults(count);
        var bytes = Arguments.BytesOf(c[0]).Slice((int)from - 1, count);
        for (int i = 0; i < count; i++) Arguments.SetResult(ref results, i, TagRef64.FromInt(bytes[i]));
        return c.Results(ref results);
    }

    private static LeafResult Char(ref HostCall c)
    {
        var buffer = c.Library().TakeBuffer();
        for (int i = 0; i < c.Count; i++)
        {
            long code = c.CheckInteger(i);
            if (code is < 0 or > 255) throw c.ArgumentError(i, "value out of range");
            buffer.Append((byte)code);
        }
        return c.StringResult(buffer.Written);
    }

    private static LeafResult Repeat(ref HostCall c)
    {
        int length = c.CheckString(0).Length;
        long count = c.CheckInteger(1);
        int separator = c.IsNoneOrNil(2) ? 0 : c.CheckString(2).Length;
        if (count <= 0) return c.StringResult(default);
        if (length + (long)separator > MaxLength / count) throw c.Error("resulting string too large");
        long total = count * length + (count - 1) * separator;
        if (total <= StringObject.MaxInterned)
        {
            Span<byte> small = stackalloc byte[StringObject.MaxInterned];
            FillRepeated(ref c, small[..(int)total], separator);
            return c.StringResult(small[..(int)total]);
        }
        var s = c.Heap.NewUnfilled(total);
        if (s == null) throw c.OutOfMemory();
        FillRepeated(ref c, StringObject.Bytes(s), separator);
        return HostCall.One(TagRef64.FromRef((ulong)c.Heap.Complete(s), LuaTag.String));
    }

    /// <summary>Fills with "s sep s sep … s": what is there already is copied on, so that the number of copies is logarithmic.</summary>
    private static void FillRepeated(ref HostCall c, scoped Span<byte> to, int separator)
    {
        var text = Arguments.BytesOf(c[0]);
        text.CopyTo(to);
        if (to.Length <= text.Length) return;
        if (separator > 0) Arguments.BytesOf(c[2]).CopyTo(to[text.Length..]);
        for (int done = text.Length + separator; done < to.Length;)
        {
            int more = Math.Min(done, to.Length - done);
            to[..more].CopyTo(to[done..]);
            done += more;
        }
    }

    private static LeafResult Reverse(ref HostCall c)
    {
        var copy = CopyOf(ref c, 0);
        copy.Reverse();
        return c.StringResult(copy);
    }

    private static LeafResult Upper(ref HostCall c) => Recased(ref c, (byte)'a');

    private static LeafResult Lower(ref HostCall c) => Recased(ref c, (byte)'A');

    /// <summary>The string with the 26 letters from <paramref name="first"/> on in the other case; a string without any is itself.</summary>
    private static LeafResult Recased(ref HostCall c, byte first)
    {
        var text = c.CheckString(0);
        int at = 0;
        while (at < text.Length && (uint)(text[at] - first) >= 26) at++;
        if (at == text.Length) return HostCall.One(c[0]);
        var copy = CopyOf(ref c, 0);
        for (; at < copy.Length; at++)
            if ((uint)(copy[at] - first) < 26) copy[at] ^= 0x20;
        return c.StringResult(copy);
    }

    /// <summary>A string argument's bytes in the state's buffer.</summary>
    private static Span<byte> CopyOf(ref HostCall c, int index)
    {
        var text = c.CheckString(index);
        var copy = c.Library().TakeBuffer().Extend(text.Length);
        text.CopyTo(copy);
        return copy;
    }
}
