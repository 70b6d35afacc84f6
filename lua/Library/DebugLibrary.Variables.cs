using Mu.Core.Types;
using Mu.Lua.Compilation;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;

namespace Mu.Lua.Library;

/// <summary>
/// debug's access to variables. Upvalues are there: a slot holds a cell, or the value of a variable that nothing assigns to after its closures are made. Locals of running functions
/// are in registers and are not: of a function that does not run the parameters' names are known.
/// </summary>
internal static unsafe partial class DebugLibrary
{
    /// <summary>As in PUC's LUAI_MAXCCALLS, which nothing here is bounded by.</summary>
    private const int NativeStackLimit = 200;

    private static LeafResult GetLocal(ref HostCall c)
    {
        int first = LuaTag.Has(c[0], LuaTag.Coroutine) ? 1 : 0;
        long n = c.CheckInteger(first + 1);
        if (!LuaTag.Has(c[first], LuaTag.Function)) throw NoLocals(ref c, first, "getlocal");
        var prototype = PrototypeOf(ref c, c[first]);
        return prototype is not null && n >= 1 && n <= prototype.Node.Parameters.Count
            ? HostCall.One(ErrorLeaves.Text(c.Heap, prototype.Node.Parameters[(int)n - 1].Name))
            : Arguments.Nil;
    }

    private static LeafResult SetLocal(ref HostCall c) => throw NoLocals(ref c, LuaTag.Has(c[0], LuaTag.Coroutine) ? 1 : 0, "setlocal");

    private static LuaFailure NoLocals(ref HostCall c, int index, string function)
    {
        long level = c.CheckInteger(index);
        return c.Library().Hooks.FrameAt(ref c, level, index == 0 ? LuaTag.NilWord : c[0]) is null
            ? c.ArgumentError(index, "level out of range")
            : c.Error($"debug.{function}: variables of running functions are not supported yet");
    }

    private static LeafResult GetUpvalue(ref HostCall c)
    {
        long n = c.CheckInteger(1);
        if (!LuaTag.Has(c[0], LuaTag.Function)) throw c.TypeError(0, "function");
        if (UpvalueName(ref c, c[0], n) is not { } name) return HostCall.None;
        ref ulong text = ref c.Root(ErrorLeaves.Text(c.Heap, name));
        ulong slot = *Slot(c[0], n);
        return c.Two(text, LuaTag.Has(slot, LuaTag.Cell) ? ((CellObject*)TagRef64.ToAddress(slot))->Value : slot);
    }

    private static LeafResult SetUpvalue(ref HostCall c)
    {
        c.CheckAny(2);
        long n = c.CheckInteger(1);
        if (!LuaTag.Has(c[0], LuaTag.Function)) throw c.TypeError(0, "function");
        if (UpvalueName(ref c, c[0], n) is not { } name) return HostCall.None;
        ulong* slot = Slot(c[0], n);
        if (LuaTag.Has(*slot, LuaTag.Cell)) ((CellObject*)TagRef64.ToAddress(*slot))->Value = c[2];
        else *slot = c[2];
        return HostCall.One(ErrorLeaves.Text(c.Heap, name));
    }

    /// <summary>One userdata for each variable. It keeps the variable, and is kept by the state.</summary>
    private static LeafResult UpvalueId(ref HostCall c)
    {
        long n = c.CheckInteger(1);
        if (!LuaTag.Has(c[0], LuaTag.Function)) throw c.TypeError(0, "function");
        if (UpvalueName(ref c, c[0], n) is null) return Arguments.Nil;
        ulong slot = *Slot(c[0], n);
        bool isCell = LuaTag.Has(slot, LuaTag.Cell);
        var identities = c.Library().UpvalueIdentities;
        ulong holder = isCell ? slot : c[0];
        int index = isCell ? 0 : (int)n;
        foreach (var (known, number, id) in identities)
            if (number == index && known.Word == holder) return HostCall.One(id.Word);
        using var roots = c.Heap.OpenRoots();
        ref ulong kept = ref roots.Tagged(holder);
        var userdata = (UserdataObject*)c.Heap.Mutator.NewHybrid(c.Runtime.HeapTypes.Userdata, 0);
        if (userdata == null) throw c.OutOfMemory();
        ulong word = TagRef64.FromRef((ulong)userdata, LuaTag.Userdata);
        identities.Add((c.Runtime.Keep(kept), index, c.Runtime.Keep(word)));
        return HostCall.One(word);
    }

    /// <summary>The slot takes over the other's cell, or its value when one of them has none: then assignments are not shared.</summary>
    private static LeafResult JoinUpvalues(ref HostCall c)
    {
        long n = CheckUpvalue(ref c, 0), other = CheckUpvalue(ref c, 2);
        ulong source = *Slot(c[2], other);
        bool hasCell = LuaTag.Has(source, LuaTag.Cell), wantsCell = LuaTag.Has(*Slot(c[0], n), LuaTag.Cell);
        if (hasCell && !wantsCell) source = ((CellObject*)TagRef64.ToAddress(source))->Value;
        else if (wantsCell && !hasCell) source = LuaRuntime.NewCell(c.Heap, source);
        *Slot(c[0], n) = source;
        return HostCall.None;
    }

    private static long CheckUpvalue(ref HostCall c, int index)
    {
        long n = c.CheckInteger(index + 1);
        if (!LuaTag.Has(c[index], LuaTag.Function)) throw c.TypeError(index, "function");
        if (UpvalueName(ref c, c[index], n) is null) throw c.ArgumentError(index + 1, "invalid upvalue index");
        return PrototypeOf(ref c, c[index]) is not null ? n : throw c.ArgumentError(index, "Lua function expected");
    }

    private static LeafResult SetHook(ref HostCall c)
    {
        int first = LuaTag.Has(c[0], LuaTag.Coroutine) ? 1 : 0;
        return c.IsNoneOrNil(first) ? HostCall.None : throw c.Error("debug.sethook: hooks are not supported yet");
    }

    private static LeafResult GetHook(ref HostCall c) => Arguments.Nil;

    private static LeafResult SetNativeStackLimit(ref HostCall c)
    {
        c.CheckInteger(0);
        return HostCall.One(TagRef64.FromInt(NativeStackLimit));
    }

    /// <summary>The prototype of a program's function; null for the library's.</summary>
    private static Prototype? PrototypeOf(ref HostCall c, ulong function) =>
        c.Runtime.Prototypes.Find(((FunctionObject*)TagRef64.ToAddress(function))->Prototype) is { IsLibrary: false } prototype ? prototype : null;

    /// <summary>The name of upvalue n, from 1: "" of a library function; null when there is none.</summary>
    private static string? UpvalueName(ref HostCall c, ulong function, long n)
    {
        var prototype = PrototypeOf(ref c, function);
        if (prototype is null) return n >= 1 && n <= FunctionObject.UpvalueCount((FunctionObject*)TagRef64.ToAddress(function)) ? "" : null;
        return n >= 1 && n <= prototype.Node.Upvalues.Count ? prototype.Node.Upvalues[(int)n - 1].Name : null;
    }

    private static ulong* Slot(ulong function, long n) => FunctionObject.Upvalues((FunctionObject*)TagRef64.ToAddress(function)) + (n - 1);
}
