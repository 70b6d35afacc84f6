using System.Runtime.CompilerServices;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Text.Patterns;
using Mu.Lua.Text.Strings;

namespace Mu.Lua.Library;

/// <summary>Patterns: find, match, gmatch.</summary>
internal static unsafe partial class StringLibrary
{
    private static LeafResult Find(ref HostCall c) => FindOrMatch(ref c, isFind: true);

    private static LeafResult Match(ref HostCall c) => FindOrMatch(ref c, isFind: false);

    private static LeafResult FindOrMatch(ref HostCall c, bool isFind)
    {
        c.EnsureString(0);
        c.EnsureString(1);
        var source = Arguments.BytesOf(c[0]);
        long init = StringRange.Start(c.OptionalInteger(2, 1), source.Length) - 1;
        if (init > source.Length) return Arguments.Nil;
        if (isFind)
        {
            var wanted = Arguments.BytesOf(c[1]);
            if (!LuaTag.IsFalsy(c[3]) || PatternMatcher.IsPlain(wanted))
            {
                int at = PatternMatcher.FindPlain(source, wanted, (int)init);
                return at < 0 ? Arguments.Nil : c.Two(TagRef64.FromInt(at + 1), TagRef64.FromInt(at + wanted.Length));
            }
        }
        var matcher = MatcherOf(ref c, source, c[1], mayBeAnchored: true);
        if (!matcher.TryFind((int)init, out int start, out int end))
            return matcher.Error == PatternError.None ? Arguments.Nil : throw c.Error(matcher.ErrorMessage);
        if (!isFind) return Captures(ref c, ref matcher, start, end, wholeIfNone: true);
        if (matcher.CaptureCount == 0) return c.Two(TagRef64.FromInt(start + 1), TagRef64.FromInt(end));
        return Captures(ref c, ref matcher, start, end, wholeIfNone: false, 2);
    }

    private static PatternMatcher MatcherOf(scoped ref HostCall c, ReadOnlySpan<byte> source, ulong pattern, bool mayBeAnchored)
    {
        var text = (StringObject*)TagRef64.ToAddress(pattern);
        var library = c.Library();
        return new(source, library.Patterns.Get(StringObject.Bytes(text), StringObject.HashOf(text), mayBeAnchored), library.Captures, c.Runtime.Interrupts.Signal);
    }

    /// <summary>
    /// The captures of a match, behind its place if <paramref name="leading"/> is 2. The matcher's text is stale afterwards, as making a capture may collect; the captures
    /// are parts of argument 0.
    /// </summary>
    private static LeafResult Captures(ref HostCall c, scoped ref PatternMatcher matcher, int start, int end, bool wholeIfNone, int leading = 0)
    {
        int count = matcher.CaptureCount == 0 && wholeIfNone ? 1 : matcher.CaptureCount;
        for (int i = 0; i < count; i++)
            if (!matcher.TryGetCapture(i, start, end, out _)) throw c.Error(matcher.ErrorMessage);
        matcher.TryGetCapture(0, start, end, out var first);
        if (count == 1 && leading == 0) return HostCall.One(CaptureValue(ref c, first));
        int total = leading + count;
        if (total > LuaTypes.RegisterValues) return ManyCaptures(ref c, ref matcher, start, end, count, leading);
        ref ulong results = ref c.FourRoots(TagRef64.FromInt(start + 1), TagRef64.FromInt(end));
        for (int i = 0; i < count; i++)
        {
            matcher.TryGetCapture(i, start, end, out var capture);
            ulong value = CaptureValue(ref c, capture);
            Unsafe.Add(ref results, leading + i) = value;
        }
        return c.Four(results, Unsafe.Add(ref results, 1), Unsafe.Add(ref results, 2), Unsafe.Add(ref results, 3), total);
    }

    private static LeafResult ManyCaptures(ref HostCall c, scoped ref PatternMatcher matcher, int start, int end, int count, int leading)
    {
        ref ulong results = ref c.NewResults(leading + count);
        if (leading > 0)
        {
            Arguments.SetResult(ref results, 0, TagRef64.FromInt(start + 1));
            Arguments.SetResult(ref results, 1, TagRef64.FromInt(end));
        }
        for (int i = 0; i < count; i++)
        {
            matcher.TryGetCapture(i, start, end, out var capture);
            ulong value = CaptureValue(ref c, capture);
            Arguments.SetResult(ref results, leading + i, value);
        }
        return c.Results(ref results);
    }

    private static ulong CaptureValue(ref HostCall c, Capture capture) =>
        capture.Length == Capture.Position ? TagRef64.FromInt(capture.Start + 1L) : c.Substring(c[0], capture.Start, capture.Length);

    // Upvalues of an iterator of gmatch: what it goes through, where it goes on (from 0), and where the last match ended.
    private const int Subject = 0, PatternText = 1, Position = 2, LastEnd = 3;

    /// <summary>gmatch: an iterator, which is a function object with its state as upvalues.</summary>
    private static LeafResult GlobalMatch(ref HostCall c)
    {
        c.EnsureString(0);
        c.EnsureString(1);
        int length = Arguments.BytesOf(c[0]).Length;
        long init = Math.Min(StringRange.Start(c.OptionalInteger(2, 1), length) - 1, length + 1L);
        return HostCall.One(c.Runtime.NewClosure(c.Heap, c.Library().GlobalMatchIterator!, 0, [c[0], c[1], TagRef64.FromInt(init), TagRef64.FromInt(-1)]));
    }

    private static LeafResult NextGlobalMatch(ref HostCall c)
    {
        ulong* state = FunctionObject.Upvalues(c.Callee);
        c.Set(0, state[Subject]);
        var matcher = MatcherOf(ref c, Arguments.BytesOf(c[0]), state[PatternText], mayBeAnchored: false);
        if (!TryFindNext(ref c, ref matcher, (int)TagRef64.ToInt(state[Position]), (int)TagRef64.ToInt(state[LastEnd]), out int start, out int end)) return Arguments.Nil;
        state[Position] = state[LastEnd] = TagRef64.FromInt(end);
        return Captures(ref c, ref matcher, start, end, wholeIfNone: true);
    }

    /// <summary>The next match that does not end where the last one did.</summary>
    private static bool TryFindNext(ref HostCall c, scoped ref PatternMatcher matcher, int position, int last, out int start, out int end)
    {
        for (start = position; ; start++)
        {
            if (!matcher.TryFind(start, out start, out end))
                return matcher.Error == PatternError.None ? false : throw c.Error(matcher.ErrorMessage);
            if (end != last) return true;
            if (matcher.IsAnchored) return false;
        }
    }
}
