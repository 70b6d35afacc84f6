namespace Mu.Lua;

// Host functions from delegates with typed parameters: arguments are converted and checked as LuaCall.Get does.
public sealed unsafe partial class LuaState
{
    /// <summary>A function that runs a delegate.</summary>
    public LuaFunction CreateFunction<TResult>(string name, Func<TResult> function) =>
        CreateFunction(name, call => ResultOf(function()));

    /// <summary>A function that runs a delegate.</summary>
    public LuaFunction CreateFunction<T1, TResult>(string name, Func<T1, TResult> function) =>
        CreateFunction(name, call => ResultOf(function(call.Get<T1>(0))));

    /// <summary>A function that runs a delegate.</summary>
    public LuaFunction CreateFunction<T1, T2, TResult>(string name, Func<T1, T2, TResult> function) =>
        CreateFunction(name, call => ResultOf(function(call.Get<T1>(0), call.Get<T2>(1))));

    /// <summary>A function that runs a delegate.</summary>
    public LuaFunction CreateFunction<T1, T2, T3, TResult>(string name, Func<T1, T2, T3, TResult> function) =>
        CreateFunction(name, call => ResultOf(function(call.Get<T1>(0), call.Get<T2>(1), call.Get<T3>(2))));

    /// <summary>A function that runs a delegate.</summary>
    public LuaFunction CreateFunction<T1, T2, T3, T4, TResult>(string name, Func<T1, T2, T3, T4, TResult> function) =>
        CreateFunction(name, call => ResultOf(function(call.Get<T1>(0), call.Get<T2>(1), call.Get<T3>(2), call.Get<T4>(3))));

    /// <summary>A function that runs a delegate and returns nothing.</summary>
    public LuaFunction CreateAction(string name, Action action) =>
        CreateFunction(name, call =>
        {
            action();
            return LuaResult.None;
        });

    /// <summary>A function that runs a delegate and returns nothing.</summary>
    public LuaFunction CreateAction<T1>(string name, Action<T1> action) =>
        CreateFunction(name, call =>
        {
            action(call.Get<T1>(0));
            return LuaResult.None;
        });

    /// <summary>A function that runs a delegate and returns nothing.</summary>
    public LuaFunction CreateAction<T1, T2>(string name, Action<T1, T2> action) =>
        CreateFunction(name, call =>
        {
            action(call.Get<T1>(0), call.Get<T2>(1));
            return LuaResult.None;
        });

    /// <summary>A function that runs a delegate and returns nothing.</summary>
    public LuaFunction CreateAction<T1, T2, T3>(string name, Action<T1, T2, T3> action) =>
        CreateFunction(name, call =>
        {
            action(call.Get<T1>(0), call.Get<T2>(1), call.Get<T3>(2));
            return LuaResult.None;
        });

    internal static LuaResult ResultOf<T>(T value) => value is LuaResult result ? result : value is LuaValue[] several ? several : LuaConversion.From(value);
}
