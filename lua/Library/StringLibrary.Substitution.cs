using Mu.Core.Types;
using Mu.Lua.Numbers;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;
using Mu.Lua.Text;
using Mu.Lua.Text.Patterns;

namespace Mu.Lua.Library;

/// <summary>
/// gsub. A replacement that is a string, or a table without __index, is all done here. A function, or a table that may call one, is called by Mu code
/// (<see cref="Runtime.Operations.Substitution"/>) between steps that are done here.
/// </summary>
internal static unsafe partial class StringLibrary
{
    private static LeafResult Substitute(ref HostCall c)
    {
        c.EnsureString(0);
        c.EnsureString(1);
        long max = c.OptionalInteger(3, long.MaxValue);
        bool isTable = Arguments.IsTable(c[2]);
        if (!isTable)
        {
            if (LuaTag.Has(c[2], LuaTag.Function)) return HostCall.Deferred;
            if (!Arguments.IsString(c[2]) && !Arguments.IsNumber(c[2])) throw c.TypeError(2, "string/function/table");
            c.EnsureString(2);
        }
        else if (MetatableLeaves.Find(c.Runtime, c[2], Metamethods.Index) != LuaTag.NilWord) return HostCall.Deferred;
        var matcher = MatcherOf(ref c, Arguments.BytesOf(c[0]), c[1], mayBeAnchored: true);
        var buffer = c.Library().TakeBuffer();
        long count = 0;
        int done = 0, position = 0, last = -1;
        bool isChanged = false;
        while (count < max && TryFindNext(ref c, ref matcher, position, last, out int start, out int end))
        {
            count++;
            position = last = end;
            if (isTable ? TryAppendFromTable(ref c, ref matcher, done, start, end, buffer) : AppendExpanded(ref c, ref matcher, done, start, end, buffer))
            {
                isChanged = true;
                done = end;
            }
            if (matcher.IsAnchored) break;
        }
        if (!isChanged) return c.Two(c[0], TagRef64.FromInt(count));
        buffer.Append(matcher.Source[done..]);
        return c.Two(c.String(buffer.Written), TagRef64.FromInt(count));
    }

    private static bool AppendExpanded(ref HostCall c, scoped ref PatternMatcher matcher, int done, int start, int end, ByteBuffer to)
    {
        to.Append(matcher.Source[done..start]);
        return Replacement.TryExpand(ref matcher, Arguments.BytesOf(c[2]), start, end, to, out var error, out int errorIndex)
            ? true : throw c.Error(PatternErrorText.Of(error, errorIndex));
    }

    /// <summary>The text before the match and what the table has for the first capture; false when that means the match itself. The key's making may collect.</summary>
    private static bool TryAppendFromTable(ref HostCall c, scoped ref PatternMatcher matcher, int done, int start, int end, ByteBuffer to)
    {
        if (!matcher.TryGetCapture(0, start, end, out var capture)) throw c.Error(matcher.ErrorMessage);
        ulong key = CaptureValue(ref c, capture);
        matcher.Source = Arguments.BytesOf(c[0]);
        ulong value = TableAccess.Get(Arguments.AsTable(c[2]), key);
        if (LuaTag.IsFalsy(value)) return false;
        to.Append(matcher.Source[done..start]);
        if (Arguments.IsString(value)) to.Append(Arguments.BytesOf(value));
        else
        {
            Span<byte> number = stackalloc byte[LuaNumberText.MaxLength];
            if (!Arguments.TryNumberText(value, number, out int length)) throw InvalidReplacement(ref c, value);
            to.Append(number[..length]);
        }
        return true;
    }

    private static LuaFailure InvalidReplacement(ref HostCall c, ulong value) => c.Error($"invalid replacement value (a {c.TypeName(value)})");

    // Further upvalues of the state of a gsub that is under way, behind those of gmatch: matches so far and allowed, the text before the pending match and what replaces it
    // (an unfinished string with room, and how much of it is used), where the pending match begins (-1: there is none), and what has been copied (-1: no match has been replaced).
    private const int Matches = 4, MaxMatches = 5, Text = 6, TextLength = 7, MatchStart = 8, Copied = 9, StateSize = 10;

    private const int InitialRoom = 256;

    /// <summary>(s, pattern, replacement, max) → the state, a function object for <see cref="StepSubstitution"/>.</summary>
    private static LeafResult StartSubstitution(ref HostCall c)
    {
        long max = c.OptionalInteger(3, int.MaxValue);
        var text = c.Heap.NewUnfilled(Math.Max(InitialRoom, Arguments.BytesOf(c[0]).Length));
        if (text == null) throw c.OutOfMemory();
        Span<ulong> state = stackalloc ulong[StateSize];
        state.Fill(TagRef64.FromInt(0));
        state[Subject] = c[0];
        state[PatternText] = c[1];
        state[LastEnd] = state[MatchStart] = state[Copied] = TagRef64.FromInt(-1);
        state[MaxMatches] = TagRef64.FromInt(Math.Clamp(max, 0, int.MaxValue));
        state[Text] = TagRef64.FromRef((ulong)text, LuaTag.String);
        return HostCall.One(c.Runtime.NewClosure(c.Heap, c.Library().Substitution!.Value.Step, 0, state));
    }

    /// <summary>
    /// (value, all) → the captures of the next match, or only the first of them, or nothing: the value replaces the match before. () → the whole result and the number of matches.
    /// </summary>
    private static LeafResult StepSubstitution(ref HostCall c)
    {
        // The state's address is taken anew after whatever may allocate.
        ref ulong value = ref c.Root(c[0]);
        c.Set(0, State(ref c, Subject));
        if (c.Count == 0) return FinishSubstitution(ref c);
        if (IntegerState(ref c, MatchStart) >= 0) Replace(ref c, ref value);
        if (IntegerState(ref c, Matches) == IntegerState(ref c, MaxMatches)) return HostCall.None;
        var matcher = MatcherOf(ref c, Arguments.BytesOf(c[0]), State(ref c, PatternText), mayBeAnchored: true);
        if (matcher.IsAnchored && IntegerState(ref c, Matches) > 0) return HostCall.None;
        if (!TryFindNext(ref c, ref matcher, IntegerState(ref c, Position), IntegerState(ref c, LastEnd), out int start, out int end)) return HostCall.None;
        State(ref c, MatchStart) = TagRef64.FromInt(start);
        State(ref c, Position) = State(ref c, LastEnd) = TagRef64.FromInt(end);
        State(ref c, Matches) = TagRef64.FromInt(IntegerState(ref c, Matches) + 1);
        if (c[1] == LuaTag.TrueWord) return Captures(ref c, ref matcher, start, end, wholeIfNone: true);
        return matcher.TryGetCapture(0, start, end, out var first) ? HostCall.One(CaptureValue(ref c, first)) : throw c.Error(matcher.ErrorMessage);
    }

    private static LeafResult FinishSubstitution(ref HostCall c)
    {
        ulong count = State(ref c, Matches);
        int copied = IntegerState(ref c, Copied);
        if (copied < 0) return c.Two(c[0], count);
        AppendSubject(ref c, copied, Arguments.BytesOf(c[0]).Length);
        return c.Two(c.Substring(State(ref c, Text), 0, IntegerState(ref c, TextLength)), count);
    }

    /// <summary>The pending match is replaced by a value, which is in a root slot.</summary>
    private static void Replace(ref HostCall c, ref ulong value)
    {
        // A match that stays is copied with the text around it.
        if (LuaTag.IsFalsy(value)) return;
        AppendSubject(ref c, Math.Max(IntegerState(ref c, Copied), 0), IntegerState(ref c, MatchStart));
        State(ref c, Copied) = State(ref c, LastEnd);
        if (Arguments.IsString(value))
        {
            var room = Room(ref c, Arguments.BytesOf(value).Length);
            Arguments.BytesOf(value).CopyTo(room);
            return;
        }
        Span<byte> number = stackalloc byte[LuaNumberText.MaxLength];
        if (!Arguments.TryNumberText(value, number, out int digits)) throw InvalidReplacement(ref c, value);
        number[..digits].CopyTo(Room(ref c, digits));
    }

    private static void AppendSubject(ref HostCall c, int start, int end)
    {
        if (start == end) return;
        var room = Room(ref c, end - start);
        Arguments.BytesOf(c[0])[start..end].CopyTo(room);
    }

    /// <summary>The next bytes of the result, for the caller to fill. May allocate.</summary>
    private static Span<byte> Room(ref HostCall c, int count)
    {
        int used = IntegerState(ref c, TextLength), capacity = Arguments.BytesOf(State(ref c, Text)).Length;
        if (count > capacity - used)
        {
            var larger = c.Heap.NewUnfilled(Math.Max(2L * capacity, (long)used + count));
            if (larger == null) throw c.OutOfMemory();
            Arguments.BytesOf(State(ref c, Text))[..used].CopyTo(StringObject.Bytes(larger));
            State(ref c, Text) = TagRef64.FromRef((ulong)larger, LuaTag.String);
        }
        State(ref c, TextLength) = TagRef64.FromInt(used + count);
        return StringObject.Bytes((StringObject*)TagRef64.ToAddress(State(ref c, Text))).Slice(used, count);
    }

    private static ref ulong State(ref HostCall c, int field) => ref FunctionObject.Upvalues(c.Callee)[field];

    private static int IntegerState(ref HostCall c, int field) => (int)TagRef64.ToInt(State(ref c, field));
}
