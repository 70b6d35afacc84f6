using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;

namespace Mu.Lua.Library;

/// <summary>What of the coroutine library switches no stacks; the rest is Mu code (<see cref="Runtime.Operations.Coroutines"/>).</summary>
internal static unsafe class CoroutineLibrary
{
    private const string Name = "coroutine";

    public static void Register(LibraryBuilder b)
    {
        b.Add(Name, "status", &Status);
        b.Add(Name, "running", &Running);
        b.Add(Name, "isyieldable", &IsYieldable);
    }

    private static LeafResult Status(ref HostCall c)
    {
        if (!LuaTag.Has(c[0], LuaTag.Coroutine)) throw c.TypeError(0, "thread");
        var coroutine = (CoroutineObject*)TagRef64.ToAddress(c[0]);
        return HostCall.One(c.String((CoroutineStatus)(uint)coroutine->Info switch
        {
            CoroutineStatus.Suspended => "suspended",
            CoroutineStatus.Running => "running",
            CoroutineStatus.Normal => "normal",
            _ => "dead",
        }));
    }

    private static LeafResult Running(ref HostCall c)
    {
        ulong current = c.Runtime.StateWord(RootCell.Current);
        bool isMain = current == c.Runtime.StateWord(RootCell.MainCoroutine);
        return c.Two(TagRef64.FromRef(current, LuaTag.Coroutine), LuaTag.Boolean(isMain));
    }

    private static LeafResult IsYieldable(ref HostCall c)
    {
        if (c.Count > 0 && !LuaTag.Has(c[0], LuaTag.Coroutine)) throw c.TypeError(0, "thread");
        ulong coroutine = LuaTag.Has(c[0], LuaTag.Coroutine) ? TagRef64.ToAddress(c[0]) : c.Runtime.StateWord(RootCell.Current);
        return HostCall.One(LuaTag.Boolean(coroutine != c.Runtime.StateWord(RootCell.MainCoroutine)));
    }
}
