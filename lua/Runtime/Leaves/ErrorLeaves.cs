using System.Runtime.InteropServices;
using System.Text;
using Mu.Core.Types;
using Mu.Lua.Compilation;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>Error messages: position and names come from the stack (ldebug.c's luaG_* and lauxlib.c's luaL_argerror).</summary>
internal static unsafe class ErrorLeaves
{
    /// <summary>"position: message" for message number <paramref name="message"/> of the runtime.</summary>
    [UnmanagedCallersOnly]
    public static ulong Message(nint context, ulong message)
    {
        var heap = LuaRuntime.HeapOf(context);
        return Located(heap, heap.Runtime.Messages[(int)message]);
    }

    /// <summary>A message of the runtime without position.</summary>
    [UnmanagedCallersOnly]
    public static ulong PlainString(nint context, ulong message)
    {
        var heap = LuaRuntime.HeapOf(context);
        return Text(heap, heap.Runtime.Messages[(int)message]);
    }

    /// <summary>What the exception NULL means.</summary>
    [UnmanagedCallersOnly]
    public static ulong OfNull(nint context, ulong unused)
    {
        var heap = LuaRuntime.HeapOf(context);
        return heap.Runtime.TakeExhaustion() ? heap.Runtime.OutOfMemoryMessage : Text(heap, Operations.Errors.InErrorHandling);
    }

    /// <summary>A stack overflow has been raised.</summary>
    [UnmanagedCallersOnly]
    public static ulong LeaveStackReserve(nint context, ulong unused)
    {
        new Mu.Core.Api.Mutator(context).LeaveStackReserve();
        return 0;
    }

    /// <summary>The message with the position of the running function, if that is a Lua function (luaG_runerror).</summary>
    public static ulong Located(LuaHeap heap, string message) => Text(heap, Running(heap) + message);

    /// <summary>The message with the position of the function that called the running library function (luaL_error).</summary>
    public static ulong HostLocated(LuaHeap heap, string message) => Text(heap, Where(heap, 1) + message);

    /// <summary>The position of the running function; PUC's luaG_addinfo has one for those that know none.</summary>
    private static string Running(LuaHeap heap) => Traceback.Levels(heap, 1) is not [var level, ..] ? "" : level.Prototype is { IsStripped: true } ? "?:-1: " : level.Where;

    public static ulong Text(LuaHeap heap, string text) => Text(heap, Encoding.Latin1.GetBytes(text));

    /// <summary>A string of these bytes, or the message that there is no memory for it.</summary>
    public static ulong Text(LuaHeap heap, ReadOnlySpan<byte> bytes)
    {
        var s = heap.NewString(bytes);
        return s == null ? heap.Runtime.OutOfMemoryMessage : TagRef64.FromRef((ulong)s, LuaTag.String);
    }

    public static ulong OperandError(LuaHeap heap, ulong value, string operation) =>
        Located(heap, $"attempt to {operation} a {TypeNameOf(heap.Runtime, value)} value{VariableInfo(Names(heap)?.First)}");

    public static ulong IndexError(LuaHeap heap, ulong value)
    {
        return Located(heap, $"attempt to index a {TypeNameOf(heap.Runtime, value)} value{VariableInfo(Names(heap)?.First)}");
    }

    public static ulong CallError(LuaHeap heap, ulong value) =>
        Located(heap, $"attempt to call a {TypeNameOf(heap.Runtime, value)} value{VariableInfo(Traceback.Levels(heap, 1) is [var level, ..] ? level.CalleeName : null)}");

    public static ulong CompareError(LuaHeap heap, ulong left, ulong right)
    {
        string a = TypeNameOf(heap.Runtime, left), b = TypeNameOf(heap.Runtime, right);
        return Located(heap, a == b ? $"attempt to compare two {a} values" : $"attempt to compare {a} with {b}");
    }

    /// <summary>An error of a binary operator: the culprit is the second operand when the first is fine.</summary>
    public static ulong BinaryError(LuaHeap heap, ulong left, ulong right, bool firstIsFine, string operation)
    {
        var names = Names(heap);
        var (culprit, name) = firstIsFine ? (right, names?.Second) : (left, names?.First);
        return Located(heap, $"attempt to {operation} a {TypeNameOf(heap.Runtime, culprit)} value{VariableInfo(name)}");
    }

    /// <summary>An error of <c>..</c>, whose left operand has <paramref name="behind"/> operands of its chain behind it; the right one has a name if it is the last.</summary>
    public static ulong ConcatenationError(LuaHeap heap, ulong left, ulong right, bool firstIsFine, int behind)
    {
        var chain = Names(heap)?.Chain;
        string? name = firstIsFine ? behind == 1 ? chain?[0] : null : chain?[behind];
        return Located(heap, $"attempt to concatenate a {TypeNameOf(heap.Runtime, firstIsFine ? right : left)} value{VariableInfo(name)}");
    }

    /// <summary>The error of a library function in Mu code that has too few arguments for its last one.</summary>
    [UnmanagedCallersOnly]
    public static ulong MissingArgument(nint context, ulong number) => Argument(LuaRuntime.HeapOf(context), (int)number, "value expected");

    /// <summary>xpcall's error about its second argument.</summary>
    [UnmanagedCallersOnly]
    public static ulong BadHandler(nint context, ulong handler, ulong count)
    {
        var heap = LuaRuntime.HeapOf(context);
        return Argument(heap, 2, $"function expected, got {((int)count < 2 ? "no value" : TypeNameOf(heap.Runtime, handler))}");
    }

    public static ulong NoInteger(LuaHeap heap, bool first)
    {
        var names = Names(heap);
        return Located(heap, $"number{VariableInfo(first ? names?.First : names?.Second)} has no integer representation");
    }

    /// <summary>Whether a value can be a to-be-closed variable's: falsy, or with __close. Else an error that names the variable.</summary>
    [UnmanagedCallersOnly]
    public static LeafResult CheckClosable(nint context, ulong value, ulong name)
    {
        var heap = LuaRuntime.HeapOf(context);
        if (LuaTag.IsFalsy(value) || MetatableLeaves.Find(heap.Runtime, value, Metamethods.Close) != LuaTag.NilWord) return LeafResult.Done(LuaTag.NilWord);
        return LeafResult.Error(Located(heap, $"variable '{Latin1(name)}' got a non-closable value"));
    }

    /// <summary>The __close metamethod; nil for a falsy value; status 1 with an error when it has gone.</summary>
    [UnmanagedCallersOnly]
    public static LeafResult CloseHandler(nint context, ulong value)
    {
        var heap = LuaRuntime.HeapOf(context);
        if (LuaTag.IsFalsy(value)) return LeafResult.Done(LuaTag.NilWord);
        ulong handler = MetatableLeaves.Find(heap.Runtime, value, Metamethods.Close);
        return handler != LuaTag.NilWord
            ? LeafResult.Done(handler)
            : LeafResult.Error(Located(heap, $"metamethod 'close' is not callable (a nil value)"));
    }

    /// <summary>bad argument #n to 'name' (message): name and kind of call from the calling instruction.</summary>
    public static ulong Argument(LuaHeap heap, int number, string message, string? function = null)
    {
        var levels = Traceback.Levels(heap, 2);
        string? callee = levels.Count > 1 ? levels[1].CalleeName : null;
        string? name = callee is null ? null : callee[(callee.IndexOf('\'') + 1)..^1];
        name ??= function ?? (levels.Count > 0 ? levels[0].HostName : null) ?? "?";
        string where = levels.Count > 1 ? levels[1].Where : "";
        if (callee is not null && callee.StartsWith("method", StringComparison.Ordinal) && --number == 0)
            return Text(heap, $"{where}calling '{name}' on bad self ({message})");
        return Text(heap, $"{where}bad argument #{number} to '{name}' ({message})");
    }

    /// <summary>The type's name, or the metatable's __name when it is a string (luaT_objtypename).</summary>
    public static string TypeNameOf(LuaRuntime runtime, ulong value)
    {
        if (LuaTag.Has(value, LuaTag.Table) || LuaTag.Has(value, LuaTag.Userdata))
        {
            ulong name = MetatableLeaves.Find(runtime, value, Metamethods.TypeName);
            if (LuaTag.Has(name, LuaTag.String)) return Latin1(name);
        }
        return LuaTypeNames.Of(value);
    }

    /// <summary>"chunk:line: " of a level of the stack (0: the running function), "" when it is no Lua function.</summary>
    public static string Where(LuaHeap heap, int level)
    {
        var levels = Traceback.Levels(heap, level < int.MaxValue ? level + 1 : level);
        return level >= 0 && level < levels.Count ? levels[level].Where : "";
    }

    public static string Latin1(ulong stringWord) => Encoding.Latin1.GetString(StringObject.Bytes((StringObject*)TagRef64.ToAddress(stringWord)));

    /// <summary>Operand names at the running Lua function's instruction.</summary>
    private static OperandNames? Names(LuaHeap heap) => Traceback.Levels(heap, 1) is [var level, ..] ? level.Names : null;

    private static string VariableInfo(string? name) => name is null ? "" : $" ({name})";
}
