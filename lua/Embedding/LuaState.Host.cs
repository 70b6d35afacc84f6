using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua;

// Functions and objects of the host.
public sealed unsafe partial class LuaState
{
    private readonly Dictionary<ILuaClass, LuaTable> metatables = [];
    private TableOperators? operators;

    /// <summary>The .NET exception that a host function's error came from, by the error's value.</summary>
    private (LuaValue Value, Exception Exception)? lastHostFailure;

    internal HostEntry Host => host;

    internal TableOperators Operators => operators ??= new TableOperators(this);

    /// <summary>A function that runs a delegate. It lives as long as the program can reach it.</summary>
    /// <param name="name">For the host's own use: programs see the names by which they call it.</param>
    /// <param name="function">What is called.</param>
    public LuaFunction CreateFunction(string name, LuaHostFunction function)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(function);
        using var scope = Enter();
        return (LuaFunction)FromWord(Checked(() => host.NewFunction(objects, function))).Reference!;
    }

    /// <summary>
    /// The userdata that stands for an object of the host: the same for the same object as long as the program can reach it. The program can do with it what its metatable says
    /// (<see cref="LuaClass{T}"/>), nothing without.
    /// </summary>
    public LuaUserdata Wrap(object target, LuaTable? metatable = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var scope = Enter();
        ulong known = objects.AddressOf(target);
        ulong word = known != 0 ? TagRef64.FromRef(known, LuaTag.Userdata) : NewUserdata(target);
        var userdata = (LuaUserdata)FromWord(word).Reference!;
        if (metatable is not null) SetMetatable(userdata, metatable);
        return userdata;
    }

    /// <summary>The userdata of an object of the host, with which programs can do what the class says.</summary>
    public LuaUserdata Wrap<T>(T target, LuaClass<T> type)
        where T : class
    {
        using var scope = Enter();
        if (!metatables.TryGetValue(type, out LuaTable? metatable)) metatables[type] = metatable = ((ILuaClass)type).CreateMetatable(this);
        return Wrap((object)target, metatable);
    }

    internal object? TargetOf(ulong userdata)
    {
        if (!LuaTag.Has(userdata, LuaTag.Userdata)) return null;
        ulong address = TagRef64.ToAddress(userdata);
        return objects.Find((int)((UserdataObject*)address)->Info, address);
    }

    internal LuaTable? GetMetatable(LuaReference reference)
    {
        using var scope = Enter();
        var metatable = MetatableLeaves.MetatableOf(runtime, Own(reference));
        return metatable == null ? null : (LuaTable)FromWord(TagRef64.FromRef((ulong)metatable, LuaTag.Table)).Reference!;
    }

    /// <summary>debug.setmetatable: with all that weak tables and finalisers need.</summary>
    internal void SetMetatable(LuaReference reference, LuaTable? metatable)
    {
        // The result is the object again, by another handle.
        foreach (LuaValue result in CallLibrary("debug.setmetatable", reference, metatable)) result.Reference?.Dispose();
    }

    internal void RemoveStringMetatable()
    {
        using var scope = Enter();
        runtime.StateWord(RootCell.StringMetatable) = 0;
    }

    internal LuaValue[] Resume(LuaCoroutine coroutine, ReadOnlySpan<LuaValue> arguments)
    {
        using var scope = Enter();
        LuaValue[] results = CallLibrary("coroutine.resume", [coroutine, .. arguments]);
        return results[0].IsTruthy ? results[1..] : throw FailureOf(coroutine, results[1]);
    }

    internal void Close(LuaCoroutine coroutine)
    {
        using var scope = Enter();
        LuaValue[] results = CallLibrary("coroutine.close", coroutine);
        if (!results[0].IsTruthy) throw FailureOf(coroutine, results[1]);
    }

    /// <summary>The Lua error of a .NET exception in a host function, whose message it has.</summary>
    internal LuaFailure FailureOf(Exception exception, LuaFailure failure)
    {
        lastHostFailure = (FromWord(failure.Value), exception);
        return failure;
    }

    private Exception? CauseOf(LuaValue error) => lastHostFailure is { } failure && error == failure.Value ? failure.Exception : null;

    private LuaException FailureOf(LuaCoroutine coroutine, LuaValue error)
    {
        string traceback = CallLibrary("debug.traceback", coroutine)[0].AsString();
        return new LuaException(error, new LuaException(error).Message, traceback, CauseOf(error));
    }

    private ulong NewUserdata(object target)
    {
        int number = objects.Add(target);
        var userdata = (UserdataObject*)runtime.Heap.Mutator.NewHybrid(runtime.HeapTypes.Userdata, 1);
        if (userdata == null) throw Exhausted();
        userdata->Info = (uint)number;
        *UserdataObject.UserValues(userdata) = LuaTag.NilWord;
        objects.Attach(number, (ulong)userdata, isUnique: true);
        return TagRef64.FromRef((ulong)userdata, LuaTag.Userdata);
    }
}
