using System.Text;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Lua.Compilation;

namespace Mu.Lua.Runtime;

/// <summary>One level of the call stack as a program sees it: Lua functions and library functions; the runtime's own functions do not show.</summary>
/// <param name="Prototype">Of a Lua function, else null.</param>
/// <param name="HostName">Of a library function, else null.</param>
/// <param name="Line">Current line of a Lua function.</param>
/// <param name="Names">Operand names at the instruction where a Lua function stands.</param>
internal readonly record struct StackLevel(Prototype? Prototype, string? HostName, int Line, OperandNames? Names)
{
    public bool IsHost => Prototype is null;

    /// <summary>"chunk:line: ", or "" for a library function (luaL_where).</summary>
    public string Where => Prototype is null ? "" : $"{Prototype.ChunkName}:{Line}: ";
}

/// <summary>The call stack as text (lauxlib.c's luaL_traceback).</summary>
internal static class Traceback
{
    private const int Head = 10, Tail = 11;

    /// <summary>
    /// The levels of the current stack, innermost first; no more than <paramref name="limit"/>. A library function that is written in Lua is one level, whatever it calls inside the library.
    /// </summary>
    public static List<StackLevel> Levels(LuaHeap heap, int limit = int.MaxValue) => Levels(heap, heap.Mutator.Frames, limit);

    /// <summary>The levels of a coroutine other than the running one, innermost first; a dead one has none.</summary>
    public static unsafe List<StackLevel> LevelsOf(LuaHeap heap, CoroutineObject* coroutine) =>
        coroutine->Stack == 0 ? [] : Levels(heap, heap.Mutator.FramesOf(coroutine->Stack), int.MaxValue);

    private static List<StackLevel> Levels(LuaHeap heap, MutatorFrames frames, int limit)
    {
        var levels = new List<StackLevel>();
        int library = -1;
        foreach (var frame in frames)
        {
            if (heap.Runtime.Prototypes.Find(frame.Function) is { } prototype)
            {
                if (prototype.IsLibrary)
                {
                    if (levels.Count > 0 && levels[^1].IsHost) levels.RemoveAt(levels.Count - 1);
                    // A closure that the library calls through pcall is of the same level.
                    if (levels.Count > 0 && library == levels.Count - 1) levels.RemoveAt(library);
                    library = levels.Count;
                    levels.Add(new(null, "?", 0, null));
                    continue;
                }
                if (levels.Count >= limit) break;
                var position = prototype.Positions.Find(frame.SourceTag);
                levels.Add(new(prototype, null, position?.Line ?? prototype.Node.At.Line, position?.Note as OperandNames));
            }
            else if (heap.Runtime.HostNameOf(frame.Function) is { } name)
            {
                // One more than wanted: the library function that called it may turn out to hide it.
                if (levels.Count > limit) break;
                levels.Add(new(null, name, 0, null));
            }
        }
        return levels;
    }

    /// <summary>"stack traceback:" and a line for each level from <paramref name="first"/> on.</summary>
    public static string Text(LuaHeap heap, string? message, int first)
    {
        var levels = Levels(heap);
        // The command's own call of the chunk is no level of the program, but lua.c's is one.
        if (levels.Count > 0 && levels[^1].HostName == "xpcall") levels.RemoveAt(levels.Count - 1);
        bool isMain = heap.Runtime.StateWord(LuaState.Current) == heap.Runtime.StateWord(LuaState.MainCoroutine);
        return Text(levels, message, first) + (isMain ? "\n\t[C]: in ?" : "");
    }

    /// <summary>The same for given levels, all of which are shown.</summary>
    public static string Text(List<StackLevel> levels, string? message, int first)
    {
        var text = new StringBuilder();
        if (message is not null) text.Append(message).Append('\n');
        text.Append("stack traceback:");
        int shown = levels.Count - first;
        for (int i = first; i < levels.Count; i++)
        {
            if (shown > Head + Tail && i == first + Head)
            {
                text.Append($"\n\t...\t(skipping {shown - Head - Tail} levels)");
                i = levels.Count - Tail;
            }
            Append(text, levels, i);
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, List<StackLevel> levels, int index)
    {
        var level = levels[index];
        string? name = index + 1 < levels.Count ? levels[index + 1].Names?.First : null;
        if (level.HostName is { } host)
        {
            if (host == "?" && name is not null) host = name[(name.IndexOf('\'') + 1)..^1];
            text.Append($"\n\t[C]: in function '{host}'");
            return;
        }
        var prototype = level.Prototype!;
        text.Append($"\n\t{prototype.ChunkName}:{level.Line}: in ");
        if (prototype.IsMain) text.Append("main chunk");
        else if (name is null) text.Append($"function <{prototype.ChunkName}:{prototype.Node.At.Line}>");
        else if (name.StartsWith("global ", StringComparison.Ordinal)) text.Append("function ").Append(name.AsSpan("global ".Length));
        else text.Append(name);
    }
}
