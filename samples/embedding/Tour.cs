using Mu.Lua;

namespace Mu.Samples.Embedding;

/// <summary>What a host does with Lua, from its first line to programs that nobody trusts.</summary>
public static class Tour
{
    /// <summary>All of it.</summary>
    public static async Task RunAsync(TextWriter output)
    {
        Values(output);
        Functions(output);
        Errors(output);
        Coroutines(output);
        await ObjectsAsync(output);
        Sandbox(output);
        Threads(output);
    }

    private static void Values(TextWriter output)
    {
        using var lua = new LuaState();
        LuaValue[] results = lua.Run("return 6 * 7, 'text', { x = 1, y = { 10, 20 } }", "=values");
        using LuaTable table = results[2].AsTable();
        output.WriteLine($"values: {results[0]} {results[1]} x={table["x"]} y[2]={table["y"].AsTable()[2]}");

        using LuaTable settings = lua.CreateTable([KeyValuePair.Create<LuaValue, LuaValue>("volume", 11)]);
        lua["settings"] = settings;
        lua.Run("settings.volume = settings.volume + 0.5");
        output.WriteLine($"tables: volume is {settings["volume"].AsNumber()}");
    }

    private static void Functions(TextWriter output)
    {
        using var lua = new LuaState();
        // Lua calls C#.
        lua["shout"] = lua.CreateFunction("shout", (string text, long times) => text.ToUpperInvariant() + new string('!', (int)times));
        // C# calls Lua.
        lua.Run("function greet(name) return shout('hello ' .. name, 2) end");
        output.WriteLine($"functions: {lua["greet"].AsFunction().Call<string>("world")}");
    }

    private static void Errors(TextWriter output)
    {
        using var lua = new LuaState();
        try
        {
            lua.Run("local t = nil\nreturn t.field", "=script");
        }
        catch (LuaException e)
        {
            output.WriteLine($"errors: {e.Message}");
        }
    }

    private static void Coroutines(TextWriter output)
    {
        using var lua = new LuaState();
        using LuaCoroutine squares = lua.CreateCoroutine(lua.Load("for i = 1, ... do coroutine.yield(i * i) end"));
        var seen = new List<string>();
        for (LuaValue[] step = squares.Resume(3); squares.Status == LuaCoroutineStatus.Suspended; step = squares.Resume()) seen.Add(step[0].ToString());
        output.WriteLine($"coroutines: {string.Join(' ', seen)}");
    }

    private static async Task ObjectsAsync(TextWriter output)
    {
        using var lua = new LuaState();
        var shop = new Shop();
        lua["shop"] = lua.Wrap(shop, LuaMembers.Of<Shop>());
        LuaValue[] results = await lua.RunAsync("""
            shop.name = 'Lua & sons'
            local left = shop:sell('apple', 2)
            local ok, message = pcall(shop.sell, shop, 'pear', 5)
            return left, message, shop:order('pear', 10), shop.Safe
            """, "=shop");
        output.WriteLine($"objects: {shop.Name} has {results[0]} apple, '{results[1]}', then {results[2]} pears; the safe is {results[3]}");
    }

    private static void Sandbox(TextWriter output)
    {
        using var lua = new LuaState(LuaOptions.Sandbox(new LuaLimits { Time = TimeSpan.FromMilliseconds(100), Memory = 32 << 20, CallDepth = 10_000 }));
        try
        {
            lua.Run("while true do pcall(function() while true do end end) end", "=plugin");
        }
        catch (LuaInterruptedException e)
        {
            output.WriteLine($"sandbox: {e.Message}");
        }
        output.WriteLine($"sandbox: io is {lua["io"]}, and the state goes on: {lua.Run("return #'fine'")[0]}");
    }

    private static void Threads(TextWriter output)
    {
        long sum = 0;
        Parallel.For(0, 4, i =>
        {
            using var lua = new LuaState();
            Interlocked.Add(ref sum, lua.Run("local s = 0 for i = 1, 100000 do s = s + i end return s")[0].AsInteger());
        });
        output.WriteLine($"threads: {sum}");
    }
}
