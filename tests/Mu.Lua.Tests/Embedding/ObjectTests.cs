using Mu.Core.Api;
using Xunit;

namespace Mu.Lua.Tests.Embedding;

/// <summary>Objects of the host in programs: what is shown of them works, and nothing else is reached.</summary>
public sealed class ObjectTests
{
    private static readonly LuaClass<Account> Described = new LuaClass<Account>("Account")
        .Property("balance", a => a.Balance)
        .Property("owner", a => a.Owner, (a, value) => a.Owner = value)
        .Method("deposit", (a, call) => a.Deposit(call.Get<long>(0)))
        .Method("forget", (a, call) => a.Deposit(-a.Balance))
        .Event("changed", (a, handler) => a.Subscribe(() => handler.Call(a.Balance)))
        .Indexer((a, key) => a.Notes.GetValueOrDefault(key.ToString()), (a, key, value) => a.Notes[key.ToString()] = value.AsString())
        .Operator("__add", call => call[0].To<Account>().Balance + call[1].To<Account>().Balance)
        .Operator("__call", call => LuaResult.Of(call.Count, call[1]));

    private static (LuaState Lua, Account Account) NewState(EngineKind engine = EngineKind.Jit, bool stress = false)
    {
        var lua = new LuaState(new LuaOptions { Engine = engine, StressesCollector = stress });
        var account = new Account { Owner = "me" };
        lua["account"] = lua.Wrap(account, Described);
        return (lua, account);
    }

    [Theory, MemberData(nameof(CallTests.Modes), MemberType = typeof(CallTests))]
    public void Members_are_used_as_those_of_a_table(EngineKind engine, bool stress)
    {
        var (lua, account) = NewState(engine, stress);
        using var state = lua;
        Assert.Equal([5, 8, "me", 8], lua.Run("local first = account:deposit(5) account:deposit(3) return first, account.balance, account.owner, account['balance']"));
        lua.Run("account.owner = 'you' account:forget()");
        Assert.Equal("you", account.Owner);
        Assert.Equal(0, account.Balance);
        Assert.Equal([true], lua.Run("return account.deposit == account.deposit"));
    }

    [Fact]
    public void What_is_not_shown_is_not_there()
    {
        var (lua, account) = NewState();
        using var state = lua;
        Assert.Equal([LuaValue.Nil, "Account", "userdata"], lua.Run("return account.Secret, getmetatable(account), type(account)"));
        Assert.Equal([false, "t:1: cannot assign to 'balance' of Account"], lua.Run("return pcall(function() account.balance = 1 end)", "=t"));
        Assert.Equal([false, "t:1: cannot assign a table to 'owner' of Account"], lua.Run("return pcall(function() account.owner = {} end)", "=t"));
        Assert.False(lua.Run("return pcall(setmetatable, account, {})")[0].AsBoolean());
        Assert.Equal("me", account.Owner);
    }

    [Theory]
    [InlineData("account:deposit('x')", "t:1: bad argument #1 to 'deposit' (number expected, got string)")]
    [InlineData("account:deposit()", "t:1: bad argument #1 to 'deposit' (number expected, got no value)")]
    [InlineData("account.deposit(5)", "t:1: bad argument #1 to 'deposit' (Account expected, got number)")]
    [InlineData("account:deposit(-1)", "t:1: only more")]
    public void Mistakes_are_told(string code, string message)
    {
        var (lua, _) = NewState();
        using var state = lua;
        Assert.Equal(message, Assert.Throws<LuaException>(() => lua.Run(code, "=t")).Message);
    }

    [Fact]
    public void Events_indexers_and_operators()
    {
        var (lua, account) = NewState();
        using var state = lua;
        lua.Run("seen = {} stop = account:changed(function(b) seen[#seen + 1] = b end) account:deposit(1)");
        account.Deposit(2);
        lua.Run("stop() account:deposit(3)");
        Assert.Equal(["1 3"], lua.Run("return table.concat(seen, ' ')"));
        Assert.Equal(["green", LuaValue.Nil], lua.Run("account.colour = 'green' return account.colour, account.size"));
        Assert.Equal([12, 2, "x"], lua.Run("return account + account, account('x')"));
        Assert.Equal(["account of me"], lua.Run("return tostring(account)"));
    }

    [Fact]
    public void An_object_is_one_userdata_and_comes_back_as_itself()
    {
        var (lua, account) = NewState();
        using var state = lua;
        LuaUserdata again = lua.Wrap(account, Described);
        Assert.Equal(lua["account"], again);
        Assert.Same(account, again.Target);
        lua["same"] = lua.CreateFunction("same", (Account given) => ReferenceEquals(given, account));
        Assert.Equal([true, false], lua.Run("return same(account), (pcall(same, io.stdout))"));
        using LuaUserdata opaque = lua.Wrap(new object());
        lua["opaque"] = opaque;
        Assert.Equal([false], lua.Run("return (pcall(function() return opaque.x end))"));
        Assert.Null(lua.Run("return io.stdout")[0].AsUserdata().Target);
    }

    [Fact]
    public void Objects_that_programs_have_forgotten_are_given_free()
    {
        using var lua = new LuaState();
        int before = lua.Objects.Count;
        for (int i = 0; i < 1000; i++) lua.Wrap(new Account(), Described).Dispose();
        Assert.True(lua.Objects.Count < before + 500);
    }

    [Fact]
    public void Marked_members_are_shown()
    {
        using var lua = new LuaState();
        var thing = new Marked();
        lua["thing"] = lua.Wrap(thing, LuaMembers.Of<Marked>());
        Assert.Equal([7, 5, "b", LuaValue.Nil], lua.Run("thing.Size = 3 return thing:sum(3, 4), thing:sum(3), thing[1], thing.Hidden"));
        Assert.Equal(3, thing.Size);
        Assert.Equal([false, "t:1: no"], lua.Run("return pcall(function() thing:Fail() end)", "=t"));
        Assert.Equal([3, 9], lua.Run("return thing:Several(9)"));
        Assert.Throws<ArgumentException>(() => LuaMembers.Of<Account>());
    }

    private sealed class Account
    {
        private Action? changed;

        public long Balance { get; private set; }

        public string Owner { get; set; } = "nobody";

        public string Secret => "secret";

        public Dictionary<string, string> Notes { get; } = [];

        public long Deposit(long amount)
        {
            if (amount < 0 && amount != -Balance) throw new ArgumentException("only more");
            Balance += amount;
            changed?.Invoke();
            return Balance;
        }

        public Action Subscribe(Action handler)
        {
            changed += handler;
            return () => changed -= handler;
        }

        public override string ToString() => $"account of {Owner}";
    }

    private sealed class Marked
    {
        [LuaMember]
        public int Size = 1;

        public static int Hidden => 1;

        [LuaMember]
        public string this[int index] => index == 1 ? "b" : "a";

        [LuaMember("sum")]
        public int Sum(int a, int b = 2) => a + b;

        [LuaMember]
        public void Fail() => throw new InvalidOperationException("no");

        [LuaMember]
        public LuaResult Several(LuaCall call) => LuaResult.Of(Size, call[0]);
    }
}
