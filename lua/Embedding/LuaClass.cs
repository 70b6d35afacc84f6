namespace Mu.Lua;

/// <summary>
/// What programs can do with objects of a .NET type, member by member: nothing but what is added here. One such description serves any number of states.
/// </summary>
/// <example><code>
/// var account = new LuaClass&lt;Account&gt;("Account")
///     .Property("balance", a => a.Balance)
///     .Method("deposit", (a, call) => a.Deposit(call.Get&lt;double&gt;(0)));
/// lua["account"] = lua.Wrap(new Account(), account);   // account:deposit(10) print(account.balance)
/// </code></example>
/// <typeparam name="T">The type of the objects.</typeparam>
public sealed class LuaClass<T> : ILuaClass
    where T : class
{
    private readonly Dictionary<string, Member> members = [];
    private readonly Dictionary<string, LuaHostFunction> operators = [];
    private Func<T, LuaValue, LuaValue>? read;
    private Action<T, LuaValue, LuaValue>? write;

    /// <summary>Nothing at first.</summary>
    /// <param name="name">The type's name in messages.</param>
    public LuaClass(string name)
    {
        Name = name;
        Operator("__tostring", call => Target(call).ToString());
    }

    /// <summary>The type's name in messages.</summary>
    public string Name { get; }

    /// <summary>A method: <c>object:name(…)</c>. Its arguments are numbered from 0 behind the object.</summary>
    public LuaClass<T> Method(string name, Func<T, LuaCall, LuaResult> method) => Add(name, new Member(Method: call => method(Target(call), call.WithoutFirst())));

    /// <summary>A method that returns nothing.</summary>
    public LuaClass<T> Method(string name, Action<T, LuaCall> method) =>
        Method(name, (target, call) =>
        {
            method(target, call);
            return LuaResult.None;
        });

    /// <summary>A method whose results come later: the coroutine that calls it waits (<see cref="LuaFunction.CallAsync(LuaValue[])"/>).</summary>
    public LuaClass<T> AsyncMethod(string name, Func<T, LuaCall, Task<LuaResult>> method) => Add(name, new Member(AsyncMethod: call => method(Target(call), call.WithoutFirst())));

    /// <summary>A property, which programs can set when there is a setter.</summary>
    public LuaClass<T> Property<TValue>(string name, Func<T, TValue> get, Action<T, TValue>? set = null) =>
        Add(name, new Member(target => LuaConversion.From(get(target)), set is null ? null : (target, value) => set(target, value.To<TValue>())));

    /// <summary>
    /// An event: <c>local stop = object:name(handler)</c>. The delegate makes the handler known to the object and gives what makes it unknown again, which <c>stop()</c> calls.
    /// </summary>
    public LuaClass<T> Event(string name, Func<T, LuaFunction, Action> subscribe) =>
        Method(name, (target, call) =>
        {
            Action unsubscribe = subscribe(target, call.Get<LuaFunction>(0));
            return call.State.CreateAction("stop", unsubscribe);
        });

    /// <summary>An indexer: <c>object[key]</c> for keys that are no member's name.</summary>
    public LuaClass<T> Indexer(Func<T, LuaValue, LuaValue> get, Action<T, LuaValue, LuaValue>? set = null)
    {
        (read, write) = (get, set);
        return this;
    }

    /// <summary>A metamethod, such as <c>__add</c>, <c>__eq</c> or <c>__call</c>, with its arguments as Lua gives them.</summary>
    public LuaClass<T> Operator(string metamethod, LuaHostFunction function)
    {
        if (metamethod is "__index" or "__newindex" or "__gc" or "__metatable" or "__name" or "__mode") throw new ArgumentException($"{metamethod} belongs to the class", nameof(metamethod));
        operators[metamethod] = function;
        return this;
    }

    /// <inheritdoc/>
    LuaTable ILuaClass.CreateMetatable(LuaState state)
    {
        LuaTable metatable = state.CreateTable();
        var methods = new Dictionary<string, LuaFunction>();
        metatable.RawSet("__name", Name);
        // What getmetatable gives: programs do not reach the metatable itself.
        metatable.RawSet("__metatable", Name);
        metatable.RawSet("__index", state.CreateFunction("__index", call => Read(state, methods, Target(call), call[1])));
        metatable.RawSet("__newindex", state.CreateFunction("__newindex", call => Write(Target(call), call[1], call[2])));
        foreach (var (name, function) in operators) metatable.RawSet(name, state.CreateFunction(name, function));
        return metatable;
    }

    private LuaClass<T> Add(string name, Member member)
    {
        members.Add(name, member);
        return this;
    }

    private T Target(LuaCall call) =>
        call[0].Reference is LuaUserdata { Target: T target } ? target : throw LuaCall.ArgumentError(0, $"{Name} expected, got {(call.Count == 0 ? "no value" : LuaValue.TypeName(call[0].Type))}");

    private LuaValue Read(LuaState state, Dictionary<string, LuaFunction> methods, T target, LuaValue key)
    {
        if (key.TryGetString(out string? name) && members.TryGetValue(name, out Member? member))
        {
            if (member.Get is { } get) return get(target);
            if (!methods.TryGetValue(name, out LuaFunction? function)) methods[name] = function = MethodOf(state, name, member);
            return function;
        }
        return read is null ? LuaValue.Nil : read(target, key);
    }

    private static LuaFunction MethodOf(LuaState state, string name, Member member) =>
        member.AsyncMethod is { } later ? state.CreateAsyncFunction(name, later) : state.CreateFunction(name, member.Method!);

    private LuaResult Write(T target, LuaValue key, LuaValue value)
    {
        if (key.TryGetString(out string? name) && members.TryGetValue(name, out Member? member))
        {
            if (member.Set is not { } set) throw new LuaException($"cannot assign to '{name}' of {Name}");
            Assign(() => set(target, value), name, value);
        }
        else if (write is null) throw new LuaException($"{Name} has no field '{key}'");
        else write(target, key, value);
        return LuaResult.None;
    }

    private void Assign(Action set, string name, LuaValue value)
    {
        try
        {
            set();
        }
        catch (InvalidCastException)
        {
            throw new LuaException($"cannot assign a {LuaValue.TypeName(value.Type)} to '{name}' of {Name}");
        }
    }

    private sealed record Member(Func<T, LuaValue>? Get = null, Action<T, LuaValue>? Set = null, LuaHostFunction? Method = null, LuaAsyncHostFunction? AsyncMethod = null);
}

/// <summary>A class without its type.</summary>
internal interface ILuaClass
{
    /// <summary>The metatable of objects in a state.</summary>
    LuaTable CreateMetatable(LuaState state);
}
