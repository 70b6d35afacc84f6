using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Text.Utf8;

namespace Mu.Lua.Library;

/// <summary>utf8 (lutf8lib.c).</summary>
internal static unsafe class Utf8Library
{
    private const string Library = "utf8";
    private const string Invalid = "invalid UTF-8 code";

    public static void Register(LibraryBuilder b)
    {
        b.Add(Library, "char", &Char);
        b.Add(Library, "codepoint", &CodePoint);
        b.Add(Library, "len", &Length);
        b.Add(Library, "offset", &Offset);
        b.AddPrimitive("utf8_check", &CheckCodes);
        b.AddPrimitive("utf8_next_strict", &NextStrict);
        b.AddPrimitive("utf8_next_lax", &NextLax);
    }

    private static LeafResult Char(ref HostCall c)
    {
        var buffer = c.Library().TakeBuffer();
        Span<byte> sequence = stackalloc byte[Utf8Sequence.MaxLength];
        for (int i = 0; i < c.Count; i++)
        {
            long code = c.CheckInteger(i);
            if ((ulong)code > 0x7FFFFFFF) throw c.ArgumentError(i, "value out of range");
            buffer.Append(sequence[..Utf8Sequence.Encode((uint)code, sequence)]);
        }
        return c.StringResult(buffer.Written);
    }

    private static LeafResult CodePoint(ref HostCall c)
    {
        int length = c.CheckString(0).Length;
        long first = Position(c.OptionalInteger(1, 1), length);
        long last = Position(c.OptionalInteger(2, first), length);
        bool strict = LuaTag.IsFalsy(c[3]);
        if (first < 1) throw c.ArgumentError(1, "out of bounds");
        if (last > length) throw c.ArgumentError(2, "out of bounds");
        if (first > last) return HostCall.None;
        var codes = new List<ulong>();
        var text = Arguments.BytesOf(c[0]);
        for (int at = (int)first - 1; at < last;)
        {
            int size = Utf8Sequence.Decode(text[at..], strict, out uint code);
            if (size == 0) throw c.Error(Invalid);
            codes.Add(TagRef64.FromInt(code));
            at += size;
        }
        if (codes.Count == 1) return HostCall.One(codes[0]);
        ref ulong results = ref c.NewResults(codes.Count);
        for (int i = 0; i < codes.Count; i++) Arguments.SetResult(ref results, i, codes[i]);
        return c.Results(ref results);
    }

    private static LeafResult Length(ref HostCall c)
    {
        int length = c.CheckString(0).Length;
        long first = Position(c.OptionalInteger(1, 1), length);
        long last = Position(c.OptionalInteger(2, -1), length);
        if (first < 1 || first - 1 > length) throw c.ArgumentError(1, "initial position out of bounds");
        if (last - 1 >= length) throw c.ArgumentError(2, "final position out of bounds");
        long count = Utf8Sequence.Count(Arguments.BytesOf(c[0]), (int)first - 1, (int)last - 1, LuaTag.IsFalsy(c[3]), out int invalidAt);
        return count >= 0 ? HostCall.One(TagRef64.FromInt(count)) : c.Two(LuaTag.NilWord, TagRef64.FromInt(invalidAt + 1));
    }

    private static LeafResult Offset(ref HostCall c)
    {
        int length = c.CheckString(0).Length;
        long n = c.CheckInteger(1);
        long at = Position(c.OptionalInteger(2, n >= 0 ? 1 : length + 1L), length) - 1;
        if (at < 0 || at > length) throw c.ArgumentError(2, "position out of bounds");
        var text = Arguments.BytesOf(c[0]);
        if (n == 0)
        {
            while (at > 0 && Continues(text, at)) at--;
            return HostCall.One(TagRef64.FromInt(at + 1));
        }
        if (Continues(text, at)) throw c.Error("initial position is a continuation byte");
        if (n < 0)
        {
            while (n < 0 && at > 0)
            {
                do at--; while (at > 0 && Continues(text, at));
                n++;
            }
        }
        else
        {
            n--;
            while (n > 0 && at < length)
            {
                do at++; while (Continues(text, at));
                n--;
            }
        }
        return n == 0 ? HostCall.One(TagRef64.FromInt(at + 1)) : Arguments.Nil;
    }

    /// <summary>utf8_check(s): what codes checks at its start.</summary>
    private static LeafResult CheckCodes(ref HostCall c)
    {
        if (!Arguments.IsString(c[0]) && !Arguments.IsNumber(c[0]))
            throw new LuaFailure(ErrorLeaves.Argument(c.Heap, 1, $"string expected, got {(c.Count == 0 ? "no value" : c.TypeName(c[0]))}", "utf8.codes"));
        c.EnsureString(0);
        if (Continues(Arguments.BytesOf(c[0]), 0)) throw new LuaFailure(ErrorLeaves.Argument(c.Heap, 1, Invalid, "utf8.codes"));
        return HostCall.One(c[0]);
    }

    private static LeafResult NextStrict(ref HostCall c) => NextCode(ref c, strict: true);

    private static LeafResult NextLax(ref HostCall c) => NextCode(ref c, strict: false);

    /// <summary>The iterator of codes: (s, position) → next position, code.</summary>
    private static LeafResult NextCode(ref HostCall c, bool strict)
    {
        var text = c.CheckString(0);
        ulong at = (ulong)c.CheckInteger(1);
        while (at < (ulong)text.Length && at > 0 && Continues(text, (long)at)) at++;
        if (at >= (ulong)text.Length) return HostCall.None;
        int size = Utf8Sequence.Decode(text[(int)at..], strict, out uint code);
        if (size == 0 || Continues(text, (long)at + size)) throw c.Error(Invalid);
        return c.Two(TagRef64.FromInt((long)at + 1), TagRef64.FromInt(code));
    }

    private static bool Continues(ReadOnlySpan<byte> text, long at) => at < text.Length && Utf8Sequence.IsContinuation(text[(int)at]);

    /// <summary>u_posrelat.</summary>
    private static long Position(long position, long length) => position >= 0 ? position : 0 - position > length ? 0 : length + position + 1;
}
