using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;
using Mu.Lua.Text;
using Mu.Lua.Text.Patterns;
using Mu.Lua.Text.Strings;

namespace Mu.Lua.Library;

/// <summary>Patterns: find, match, gsub, and the steps of gmatch and of gsub with a function.</summary>
internal static unsafe partial class StringLibrary
{
    private static LeafResult Find(ref HostCall c) => FindOrMatch(ref c, isFind: true);

    private static LeafResult Match(ref HostCall c) => FindOrMatch(ref c, isFind: false);

    private static LeafResult FindOrMatch(ref HostCall c, bool isFind)
    {
        c.EnsureString(0);
        c.EnsureString(1);
        int length = Arguments.BytesOf(c[0]).Length;
        long init = StringRange.Start(c.OptionalInteger(2, 1), length) - 1;
        if (init > length) return Arguments.Nil;
        var source = Arguments.BytesOf(c[0]);
        var pattern = Arguments.BytesOf(c[1]);
        if (isFind && (!LuaTag.IsFalsy(c[3]) || PatternMatcher.IsPlain(pattern)))
        {
            int at = PatternMatcher.FindPlain(source, pattern, (int)init);
            return at < 0 ? Arguments.Nil : c.Two(TagRef64.FromInt(at + 1), TagRef64.FromInt(at + pattern.Length));
        }
        var matcher = new PatternMatcher(source, pattern);
        if (!matcher.TryFind((int)init, out int start, out int end))
            return matcher.Error == PatternError.None ? Arguments.Nil : throw c.Error(matcher.ErrorMessage);
        if (!isFind) return Captures(ref c, ref matcher, start, end, wholeIfNone: true, []);
        return Captures(ref c, ref matcher, start, end, wholeIfNone: false, [TagRef64.FromInt(start + 1), TagRef64.FromInt(end)]);
    }

    /// <summary>
    /// Leading values, which are no references, and the captures of a match. The matcher's spans are dead afterwards: making the first capture may collect; the strings
    /// are taken from argument 0 again.
    /// </summary>
    private static LeafResult Captures(ref HostCall c, ref PatternMatcher matcher, int start, int end, bool wholeIfNone, scoped ReadOnlySpan<ulong> leading)
    {
        int count = matcher.CaptureCount == 0 && wholeIfNone ? 1 : matcher.CaptureCount;
        Span<Capture> captures = stackalloc Capture[count];
        for (int i = 0; i < count; i++)
            if (!matcher.TryGetCapture(i, start, end, out captures[i])) throw c.Error(matcher.ErrorMessage);
        if (count + leading.Length == 0) return HostCall.None;
        if (count == 1 && leading.Length == 0) return HostCall.One(CaptureValue(ref c, captures[0]));
        ref ulong results = ref c.NewResults(leading.Length + count);
        for (int i = 0; i < leading.Length; i++) Arguments.SetResult(ref results, i, leading[i]);
        for (int i = 0; i < count; i++)
        {
            ulong value = CaptureValue(ref c, captures[i]);
            Arguments.SetResult(ref results, leading.Length + i, value);
        }
        return c.Results(ref results);
    }

    private static ulong CaptureValue(ref HostCall c, Capture capture) =>
        capture.Length == Capture.Position ? TagRef64.FromInt(capture.Start + 1L) : c.Substring(c[0], capture.Start, capture.Length);

    /// <summary>gsub with a replacement string, or with a table that has no metatable and whose values are right; the rest is the prelude's.</summary>
    private static LeafResult Substitute(ref HostCall c)
    {
        c.EnsureString(0);
        c.EnsureString(1);
        long max = c.OptionalInteger(3, long.MaxValue);
        if (!Arguments.IsString(c[2]) && !Arguments.IsNumber(c[2]))
        {
            if (Arguments.IsTable(c[2]) || LuaTag.Has(c[2], LuaTag.Function)) return HostCall.Deferred;
            throw c.TypeError(2, "string/function/table");
        }
        c.EnsureString(2);
        var source = Arguments.BytesOf(c[0]);
        var replacement = Arguments.BytesOf(c[2]);
        var matcher = new PatternMatcher(source, Arguments.BytesOf(c[1]));
        var buffer = c.Library().TakeBuffer();
        long count = 0;
        int position = 0, last = -1;
        while (count < max)
        {
            int end = matcher.MatchAt(position);
            if (matcher.Error != PatternError.None) throw c.Error(matcher.ErrorMessage);
            if (end >= 0 && end != last)
            {
                count++;
                if (!Replacement.TryExpand(ref matcher, source, replacement, position, end, buffer, out var error, out int errorIndex))
                    throw c.Error(PatternErrorText.Of(error, errorIndex));
                position = last = end;
            }
            else if (position < source.Length) buffer.Append(source[position++]);
            else break;
            if (matcher.IsAnchored) break;
        }
        if (count == 0) return c.Two(c[0], TagRef64.FromInt(0));
        buffer.Append(source[position..]);
        return c.Two(c.String(buffer.Written), TagRef64.FromInt(count));
    }

    /// <summary>gmatch_check(…arguments of gmatch): subject and pattern as strings, and where to begin (from 0).</summary>
    private static LeafResult CheckGlobalMatch(ref HostCall c)
    {
        CheckText(ref c, 0, "string.gmatch");
        CheckText(ref c, 1, "string.gmatch");
        int length = Arguments.BytesOf(c[0]).Length;
        long init = Math.Min(StringRange.Start(c.OptionalInteger(2, 1), length) - 1, length + 1L);
        return c.Three(c[0], c[1], TagRef64.FromInt(init));
    }

    private static void CheckText(ref HostCall c, int index, string function)
    {
        if (Arguments.IsString(c[index]) || Arguments.IsNumber(c[index])) c.EnsureString(index);
        else
        {
            string got = index < c.Count ? c.TypeName(c[index]) : "no value";
            throw new LuaFailure(ErrorLeaves.Argument(c.Heap, index + 1, $"string expected, got {got}", function));
        }
    }

    /// <summary>gmatch_step(s, pattern, position, end of last match): end of the next match and its captures; nothing when there is none.</summary>
    private static LeafResult GlobalMatchStep(ref HostCall c)
    {
        var source = Arguments.BytesOf(c[0]);
        var matcher = PatternMatcher.Unanchored(source, Arguments.BytesOf(c[1]));
        return TryStep(ref c, ref matcher, source.Length, out int start, out int end)
            ? Captures(ref c, ref matcher, start, end, wholeIfNone: true, [TagRef64.FromInt(end)])
            : HostCall.None;
    }

    /// <summary>gsub_check(s, pattern, repl, max): subject and pattern as strings, the limit, and whether the pattern is anchored.</summary>
    private static LeafResult CheckSubstitution(ref HostCall c)
    {
        c.EnsureString(0);
        c.EnsureString(1);
        ref ulong max = ref c.Root(LuaTag.NilWord);
        max = c.Integer(c.OptionalInteger(3, int.MaxValue));
        return c.Four(c[0], c[1], max, LuaTag.Boolean(Arguments.BytesOf(c[1]).StartsWith("^"u8)));
    }

    /// <summary>gsub_step(s, pattern, position, end of last match): start and end of the next match (from 0), and its captures; nothing when there is none.</summary>
    private static LeafResult SubstitutionStep(ref HostCall c)
    {
        var source = Arguments.BytesOf(c[0]);
        var matcher = new PatternMatcher(source, Arguments.BytesOf(c[1]));
        return TryStep(ref c, ref matcher, source.Length, out int start, out int end)
            ? Captures(ref c, ref matcher, start, end, wholeIfNone: true, [TagRef64.FromInt(start), TagRef64.FromInt(end)])
            : HostCall.None;
    }

    private static bool TryStep(ref HostCall c, ref PatternMatcher matcher, int length, out int start, out int end)
    {
        int last = (int)TagRef64.ToInt(c[3]);
        end = -1;
        for (start = (int)TagRef64.ToInt(c[2]); start <= length; start++)
        {
            end = matcher.MatchAt(start);
            if (matcher.Error != PatternError.None) throw c.Error(matcher.ErrorMessage);
            if (end >= 0 && end != last) return true;
            if (matcher.IsAnchored) break;
        }
        return false;
    }
}
