using Mu.Core.Api;
using Mu.Lua.Command;
using Mu.Lua.Runtime;
using Mu.Lua.Tests.Programs;
using Mu.Tests.Commands;
using Xunit;

namespace Mu.Lua.Tests.Interactive;

/// <summary>The interactive mode as a dialogue, and the names that it completes.</summary>
public sealed class ReplTests
{
    [Theory]
    [InlineData("1 + 1\n", "> 2\n> \n")]
    [InlineData("return 1, nil, 'x'\n", "> 1\tnil\tx\n> \n")]
    [InlineData("= 6 * 7\n", "> 42\n> \n")]
    [InlineData("x = 5\nx\n", "> > 5\n> \n")]
    [InlineData("for i = 1, 2 do\nprint(i)\nend\n", "> >> >> 1\n2\n> \n")]
    [InlineData("f = function()\n\nreturn 3\nend\nf()\n", "> >> >> >> > 3\n> \n")]
    [InlineData("_PROMPT = '? '\n1\n", "> ? 1\n? \n")]
    [InlineData("\n", "> > \n")]
    public void Lines_are_evaluated_as_lua_does(string input, string output)
    {
        CommandRun run = LuaProcess.Run(".", ["-i"], input);
        Assert.Equal(("Lua 5.4 (mulua 0.1.0)\n" + output, "", 0), (run.Output, run.Error, run.ExitCode));
    }

    [Fact]
    public void Errors_do_not_end_it()
    {
        CommandRun run = LuaProcess.Run(".", ["-i"], "x = = 1\nerror('oh')\n1\nfor\n");
        Assert.Equal("Lua 5.4 (mulua 0.1.0)\n> > > 1\n> >> \n", run.Output);
        Assert.Contains("stdin:1: unexpected symbol near '='", run.Error, StringComparison.Ordinal);
        Assert.Contains("stdin:1: oh\nstack traceback:", run.Error, StringComparison.Ordinal);
        Assert.Contains("near <eof>", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_survive_collections() =>
        Assert.Equal("Lua 5.4 (mulua 0.1.0)\n> aaaab\tccccd\n> \n", LuaProcess.Run(".", ["-i", "--gc-stress"], "('a'):rep(4) .. 'b', ('c'):rep(4) .. 'd'\n").Output);

    [Fact]
    public void Names_are_those_of_the_state()
    {
        using var runtime = new LuaRuntime(new MuVMOptions());
        runtime.OpenLibraries();
        ulong chunk = runtime.LoadChunk(runtime.Heap, """
            local class = { method = function() end, constant = 1, ['not a name'] = 1 }
            object = setmetatable({ own = 1, inner = { deep = 2 } }, { __index = setmetatable(class, { __index = { base = print } }) })
            text = 'x'
            computed = setmetatable({}, { __index = function() error('runs') end })
            circle = setmetatable({}, {}) getmetatable(circle).__index = circle
            """u8, "=t", runtime.GlobalsValue);
        Assert.True(runtime.ProtectedCall(chunk, LuaTag.NilWord, []).Succeeded);
        var symbols = new LuaSymbols(runtime);
        Assert.Empty(((string[])["print", "object", "string", "_G"]).Except(symbols.Names([], false)));
        Assert.Equal(["base", "constant", "inner", "method", "own"], symbols.Names(["object"], false).Order());
        Assert.Equal(["base", "method"], symbols.Names(["object"], true).Order());
        Assert.Equal(["deep"], symbols.Names(["object", "inner"], false));
        Assert.Equal(["deep"], symbols.Names(["_G", "object", "inner"], false));
        Assert.Contains("upper", symbols.Names(["text"], true));
        Assert.Empty(symbols.Names(["computed"], false));
        Assert.Empty(symbols.Names(["circle"], false));
        Assert.Empty(symbols.Names(["nothing", "at", "all"], false));
    }
}
