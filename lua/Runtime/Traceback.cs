using System.Text;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Compilation;

namespace Mu.Lua.Runtime;

/// <summary>One level of the call stack as a program sees it: Lua functions and library functions; the runtime's own functions do not show.</summary>
/// <param name="Prototype">Of a Lua function, else null.</param>
/// <param name="HostName">Of a library function, else null.</param>
/// <param name="Line">Current line of a Lua function.</param>
/// <param name="Names">Operand names at the instruction where a Lua function stands.</param>
/// <param name="Frame">What the frame keeps alive for debug; the addresses in it are good until the next allocation.</param>
/// <param name="CalleeName">What it calls the level above ("global 'f'", "metamethod 'add'"); null where it has no name for it.</param>
internal readonly record struct StackLevel(Prototype? Prototype, string? HostName, int Line, OperandNames? Names, LevelFrame Frame, string? CalleeName)
{
    public bool IsHost => Prototype is null;

    /// <summary>"chunk:line: ", or "" for a library function (luaL_where).</summary>
    public string Where => Prototype is null || Line < 0 ? "" : $"{Prototype.ChunkName}:{Line}: ";
}

/// <summary>A frame's function, and the words of the KEEPALIVE clause where it stands: of compiled Lua code the closure first.</summary>
internal readonly record struct LevelFrame(Mu.Core.IR.Function Function, ulong[] KeepAlives);

/// <summary>The call stack as text (lauxlib.c's luaL_traceback).</summary>
internal static class Traceback
{
    private const int Head = 10, Tail = 11;

    private const string Finalizer = "metamethod '__gc'";

    /// <summary>How many levels of a deep stack are left out at a time.</summary>
    private const int DroppedAtOnce = 1000;

    /// <summary>
    /// The levels of the current stack, innermost first; no more than <paramref name="limit"/>. A library function that is written in Lua is one level, whatever it calls inside the library.
    /// </summary>
    public static List<StackLevel> Levels(LuaHeap heap, int limit = int.MaxValue) => Levels(heap, heap.Mutator.Frames, limit, withFrames: false);

    /// <summary>The same with what debug reads of the frames.</summary>
    public static List<StackLevel> LevelsWithFrames(LuaHeap heap) => Levels(heap, heap.Mutator.Frames, int.MaxValue, withFrames: true);

    /// <summary>The levels of a coroutine other than the running one, innermost first; one that has ended has none, but where an error ended it.</summary>
    public static unsafe List<StackLevel> LevelsOf(LuaHeap heap, CoroutineObject* coroutine) =>
        coroutine->Stack == 0 ? [] : Levels(heap, heap.Mutator.FramesOf(coroutine->Stack), int.MaxValue, withFrames: true);

    private static List<StackLevel> Levels(LuaHeap heap, MutatorFrames frames, int limit, bool withFrames) => Levels(heap, frames, limit, withFrames, int.MaxValue, out _);

    /// <summary>The same, but of a deep stack the middle is left out: the list has the first <paramref name="head"/> levels and at least the last <see cref="Tail"/>.</summary>
    private static List<StackLevel> Levels(LuaHeap heap, MutatorFrames frames, int limit, bool withFrames, int head, out int skipped)
    {
        var levels = new List<StackLevel>();
        skipped = 0;
        int library = -1;
        // Whether that level's function is one that programs know.
        bool isPublished = false;
        // Levels below this index were called by the runtime, a message handler for one, not by the library function below them.
        int barrier = 0;
        // The metamethod for which a runtime function has called the level above; "" when only the operator at the call knows.
        string? through = null;
        while (frames.MoveNext())
        {
            if (levels.Count - DroppedAtOnce - Tail - 2 > head)
            {
                levels.RemoveRange(head, DroppedAtOnce);
                skipped += DroppedAtOnce;
                library -= DroppedAtOnce;
                barrier -= DroppedAtOnce;
            }
            var frame = frames.Current;
            if (heap.Runtime.Prototypes.Find(frame.Function) is { } prototype)
            {
                if (prototype.IsLibrary && prototype.Number == heap.Runtime.FinalizerRunner)
                {
                    // PUC's collector calls finalisers itself: what runs them is no level, and neither is the call that protects it.
                    if (levels.Count > barrier && levels[^1].IsHost) levels.RemoveAt(levels.Count - 1);
                    library = -1;
                    barrier = levels.Count;
                    through = Finalizer;
                    continue;
                }
                if (prototype.IsLibrary)
                {
                    // What the library calls of its own, a closure through pcall for one, is of the same level.
                    bool isForeign = (isPublished || library != levels.Count - 1) && CallsLocal(prototype, frame.SourceTag);
                    if (levels.Count > barrier && levels[^1].IsHost && !isForeign) levels.RemoveAt(levels.Count - 1);
                    if (levels.Count > barrier && library == levels.Count - 1 && !isForeign) levels.RemoveAt(library);
                    library = levels.Count;
                    string? calleeName = through == Finalizer ? through : null;
                    isPublished = heap.Runtime.Host.DeferredName(prototype.Function) is not null;
                    through = null;
                    levels.Add(new(null, "?", 0, null, withFrames ? FrameOf(frames, prototype.Function) : default, calleeName));
                    continue;
                }
                if (levels.Count >= limit) break;
                var position = prototype.Positions.Find(frame.SourceTag);
                var names = position?.Note as OperandNames;
                if (ReferenceEquals(names, OperandNames.Unwinding))
                {
                    through = null;
                    continue;
                }
                if (prototype.IsStripped)
                {
                    // Of its names only the variables in scope are left, which have none.
                    var unnamed = names is null ? null : new OperandNames(First: null) { Visible = names.Visible };
                    levels.Add(new(prototype, null, -1, unnamed, withFrames ? FrameOf(frames, prototype.Function) : default, null));
                    through = null;
                    continue;
                }
                levels.Add(new(prototype, null, position?.Line ?? prototype.Node.At.Line, names, withFrames ? FrameOf(frames, prototype.Function) : default,
                    through is "" ? $"metamethod '{names?.Event}'" : through ?? names?.First));
                through = null;
            }
            else if (heap.Runtime.HostNameOf(frame.Function) is { } name)
            {
                // One more than wanted: the library function that called it may turn out to hide it.
                if (levels.Count > limit) break;
                through = null;
                levels.Add(new(null, name, 0, null, withFrames ? FrameOf(frames, frame.Function) : default, null));
            }
            else if (frame.Function == heap.Runtime.Functions.HookedCall && frames.KeepAlives() is { Length: > 0 })
            {
                // A library function that a hook is told of.
                levels.Add(new(null, "?", 0, null, withFrames ? FrameOf(frames, frame.Function) : default, through));
                through = null;
            }
            else
            {
                if (frame.Function == heap.Runtime.Functions.Raise || frame.Function == heap.Runtime.Functions.HookFire) barrier = levels.Count;
                through = heap.Runtime.Functions.CalleeNameOf(frame.Function) ?? through;
            }
        }
        return levels;
    }

    /// <summary>Whether a library function calls what is in a local variable: a function that the program gave it, a comparator for one. Its own helpers are upvalues, or closures that no program knows.</summary>
    private static bool CallsLocal(Prototype library, int sourceTag) =>
        library.Positions.Find(sourceTag)?.Note is OperandNames { First: { } name } && name.StartsWith("local '", StringComparison.Ordinal);

    /// <summary>The function object of a level: the closure that a frame of Lua code keeps, or the library's object for a C# or Mu function; nil when there is none.</summary>
    public static ulong FunctionOf(LuaRuntime runtime, in StackLevel level)
    {
        var function = level.Frame.Function;
        if (runtime.Host.DeferredName(function) is { } deferred) return runtime.Host.ObjectOf(deferred);
        if (level.Frame.KeepAlives is [var closure, ..]) return TagRef64.FromRef(closure, LuaTag.Function);
        return runtime.HostNameOf(function) is { } name ? runtime.Host.ObjectOf(name) : LuaTag.NilWord;
    }

    private static LevelFrame FrameOf(MutatorFrames frames, Mu.Core.IR.Function function) => new(function, frames.KeepAlives());

    /// <summary>"stack traceback:" and a line for each level from <paramref name="first"/> on.</summary>
    public static string Text(LuaHeap heap, string? message, int first)
    {
        // The lookup allocates; behind it nothing does, so that the frames' addresses stay good.
        var names = new GlobalNames(heap);
        var levels = Levels(heap, heap.Mutator.Frames, int.MaxValue, withFrames: true, Math.Max(first, 0) + Head, out int skipped);
        // The command's own call of the chunk is no level of the program, but lua.c's is one.
        bool isMain = heap.Runtime.StateWord(RootCell.Current) == heap.Runtime.StateWord(RootCell.MainCoroutine);
        if (isMain && levels.Count > 0 && levels[^1].HostName == RuntimeFunctions.EnterName) levels.RemoveAt(levels.Count - 1);
        return Text(names, levels, skipped, message, first, isMain);
    }

    /// <summary>The same for another coroutine, all levels of which are shown.</summary>
    public static unsafe string TextOf(LuaHeap heap, CoroutineObject* coroutine, string? message, int first)
    {
        using var roots = heap.OpenRoots();
        ref ulong kept = ref roots.Ref((ulong)coroutine);
        var names = new GlobalNames(heap);
        return Text(names, LevelsOf(heap, (CoroutineObject*)kept), 0, message, first, isMain: false);
    }

    /// <summary>What the levels are called; under those of the main program is lua.c's.</summary>
    private static string Text(GlobalNames names, List<StackLevel> levels, int skipped, string? message, int first, bool isMain)
    {
        var text = new StringBuilder();
        if (message is not null) text.Append(message).Append('\n');
        text.Append("stack traceback:");
        int below = isMain ? 1 : 0;
        int last = levels.Count + skipped - 1 + below;
        for (int i = first; i < levels.Count; i++)
        {
            if (last - first > Head + Tail && i == first + Head)
            {
                // One more than that is left out, as in PUC.
                text.Append($"\n\t...\t(skipping {last - first - Head - Tail} levels)");
                i = levels.Count - Tail + below;
            }
            var level = levels[i];
            text.Append(level.Prototype is null ? "\n\t[C]: in " : level.Line < 0 ? $"\n\t{level.Prototype.ChunkName}: in " : $"\n\t{level.Prototype.ChunkName}:{level.Line}: in ");
            AppendName(text, names, level, i + 1 < levels.Count ? levels[i + 1].CalleeName : null);
        }
        if (isMain) text.Append("\n\t[C]: in ?");
        return text.ToString();
    }

    /// <summary>pushfuncname: a global name, else how the caller names it, else where it is.</summary>
    private static void AppendName(StringBuilder text, GlobalNames names, in StackLevel level, string? callerName)
    {
        if (names.Find(level) is { } global) text.Append($"function '{global}'");
        else if (callerName is not null) text.Append(callerName);
        else if (level.Prototype is null) text.Append('?');
        else if (level.Prototype.IsMain) text.Append("main chunk");
        else text.Append($"function <{level.Prototype.ChunkName}:{level.Prototype.Node.At.Line}>");
    }
}
