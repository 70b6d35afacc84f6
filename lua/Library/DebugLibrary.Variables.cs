using Mu.Core.Types;
using Mu.Lua.Compilation;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Operations;

namespace Mu.Lua.Library;

/// <summary>
/// debug's access to variables, and hooks. A slot of an upvalue holds a cell, or the value of a variable that nothing assigns to after its closures are made. Locals of running functions
/// are there for functions that were compiled to be observed (<see cref="DebugUse"/>).
/// </summary>
internal static unsafe partial class DebugLibrary
{
    /// <summary>As in PUC's LUAI_MAXCCALLS, which nothing here is bounded by.</summary>
    private const int NativeStackLimit = 200;

    /// <summary>getlocal([coroutine,] level or function, n). A function's parameters have names, not values.</summary>
    private static LeafResult GetLocal(ref HostCall c)
    {
        int first = OtherCoroutine(ref c) ? 1 : 0;
        long n = c.CheckInteger(first + 1);
        if (LuaTag.Has(c[first], LuaTag.Function))
        {
            var prototype = PrototypeOf(ref c, c[first]);
            return prototype is not null && n >= 1 && n <= prototype.Node.Parameters.Count
                ? HostCall.One(ErrorLeaves.Text(c.Heap, prototype.Node.Parameters[(int)n - 1].Name))
                : Arguments.Nil;
        }
        long level = c.CheckInteger(first);
        // Level 0 is this function, whose arguments are temporaries.
        if (level == 0 && first == 0) return n >= 1 && n <= c.Count ? c.Two(ErrorLeaves.Text(c.Heap, "(C temporary)"), c[(int)n - 1]) : Arguments.Nil;
        if (Variable(ref c, first, level, n, out string name) is var slot && slot == null) return Arguments.Nil;
        ref ulong value = ref c.Root(*slot);
        ulong text = ErrorLeaves.Text(c.Heap, name);
        return c.Two(text, value);
    }

    /// <summary>setlocal([coroutine,] level, n, value).</summary>
    private static LeafResult SetLocal(ref HostCall c)
    {
        int first = OtherCoroutine(ref c) ? 1 : 0;
        long level = c.CheckInteger(first), n = c.CheckInteger(first + 1);
        c.CheckAny(first + 2);
        var slot = Variable(ref c, first, level, n, out string name);
        if (slot == null) return Arguments.Nil;
        *slot = c[first + 2];
        return HostCall.One(ErrorLeaves.Text(c.Heap, name));
    }

    /// <summary>Where variable <paramref name="n"/> of a level is, until the next allocation: in the array of an observed function, or in its cell; null when there is none.</summary>
    private static ulong* Variable(ref HostCall c, int first, long level, long n, out string name)
    {
        var levels = LevelsOf(ref c, first == 0 ? LuaTag.NilWord : c[0]);
        if (level < 0 || level >= levels.Count) throw c.ArgumentError(first, "level out of range");
        var frame = levels[(int)level];
        name = "(vararg)";
        if (frame.Prototype is null || frame.Frame.KeepAlives is not [_, var array, .. var rest]) return null;
        if (n < 0)
        {
            var varargs = (ValuesObject*)(rest.Length > 0 ? rest[0] : 0);
            return n < -(long)ValuesObject.Capacity(varargs) ? null : &ValuesObject.Items(varargs)[-n - 1];
        }
        if (frame.Names?.Visible?.Find(n) is not { } local) return null;
        name = frame.Prototype.IsStripped ? "(temporary)" : local.Name;
        ulong* slot = &ValuesObject.Items((ValuesObject*)array)[local.Slot];
        return LuaTag.Has(*slot, LuaTag.Cell) ? &((CellObject*)TagRef64.ToAddress(*slot))->Value : slot;
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

    /// <summary>A light userdata for each variable, as equal as the variables are the same. The state keeps the variable.</summary>
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
            if (number == index && known.Word == holder) return HostCall.One(LightUserdata(ref c, id));
        ulong next = FirstIdentity + ((ulong)identities.Count << 4);
        identities.Add((c.Runtime.Keep(holder), index, next));
        return HostCall.One(LightUserdata(ref c, next));
    }

    private const ulong FirstIdentity = 0x5600_0000_0010;

    private static ulong LightUserdata(ref HostCall c, ulong pointer)
    {
        var light = (CellObject*)c.Heap.Mutator.New(c.Runtime.HeapTypes.BoxedInteger);
        if (light == null) throw c.OutOfMemory();
        light->Value = pointer;
        return TagRef64.FromRef((ulong)light, LuaTag.LightUserdata);
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

    /// <summary>sethook([coroutine,] hook, mask [, count]).</summary>
    private static LeafResult SetHook(ref HostCall c)
    {
        int first = OtherCoroutine(ref c) ? 1 : 0;
        var kinds = HookMask.None;
        long count = 0;
        if (!c.IsNoneOrNil(first))
        {
            string mask = Arguments.Latin1(c.CheckString(first + 1));
            if (!LuaTag.Has(c[first], LuaTag.Function)) throw c.TypeError(first, "function");
            count = c.OptionalInteger(first + 2, 0);
            if (mask.Contains('c')) kinds |= HookMask.Call;
            if (mask.Contains('r')) kinds |= HookMask.Return;
            if (mask.Contains('l')) kinds |= HookMask.Line;
            if (count > 0) kinds |= HookMask.Count;
            c.Runtime.UseHooks();
        }
        var coroutine = CoroutineOf(ref c, first);
        coroutine->Hook = kinds == HookMask.None ? null : (FunctionObject*)TagRef64.ToAddress(c[first]);
        coroutine->HookCount = coroutine->HookLeft = count;
        if (((HookMask)coroutine->HookSaved).HasFlag(HookMask.Running)) coroutine->HookSaved = (long)(kinds | HookMask.Running);
        else coroutine->HookMask = (long)kinds;
        return HostCall.None;
    }

    /// <summary>gethook([coroutine]): the hook, its mask and its count; nil when there is none.</summary>
    private static LeafResult GetHook(ref HostCall c)
    {
        var coroutine = CoroutineOf(ref c, OtherCoroutine(ref c) ? 1 : 0);
        if (coroutine->Hook == null) return Arguments.Nil;
        var kinds = (HookMask)(coroutine->HookSaved != 0 ? coroutine->HookSaved : coroutine->HookMask);
        ulong count = TagRef64.FromInt(coroutine->HookCount);
        ref ulong hook = ref c.Root(TagRef64.FromRef((ulong)coroutine->Hook, LuaTag.Function));
        string mask = (kinds.HasFlag(HookMask.Call) ? "c" : "") + (kinds.HasFlag(HookMask.Return) ? "r" : "") + (kinds.HasFlag(HookMask.Line) ? "l" : "");
        ref ulong text = ref c.Root(ErrorLeaves.Text(c.Heap, mask));
        return c.Three(hook, text, count);
    }

    private static CoroutineObject* CoroutineOf(ref HostCall c, int first) =>
        (CoroutineObject*)(first == 1 ? TagRef64.ToAddress(c[0]) : c.Runtime.StateWord(RootCell.Current));

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
        if (n < 1 || n > prototype.Node.Upvalues.Count) return null;
        return prototype.IsStripped ? "(no name)" : prototype.Node.Upvalues[(int)n - 1].Name;
    }

    private static ulong* Slot(ulong function, long n) => FunctionObject.Upvalues((FunctionObject*)TagRef64.ToAddress(function)) + (n - 1);
}
