using System.Runtime.CompilerServices;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Api;

/// <summary>The example of docs/api.md: it stands there as it stands here.</summary>
public sealed class ExampleTests
{
    // example
    private static long RunExample(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        using MuContext context = vm.NewContext();

        // Loading: a bundle as text, or as the object model (Mu.Core.IR).
        vm.LoadText("""
            .typedef @i64 = int<64>
            .typedef @point = struct<@i64 @i64>
            .funcsig @measure = (ref<@point>) -> (@i64)
            .funcdef @area VERSION %v1 <@measure> {
              %entry(<ref<@point>> %p):
                %i  = GETIREF <@point> %p
                %xi = GETFIELDIREF <@point 0> %i
                %yi = GETFIELDIREF <@point 1> %i
                %x  = LOAD <@i64> %xi
                %y  = LOAD <@i64> %yi
                %a  = MUL <@i64> %x %y
                %b  = TRAP <@i64> KEEPALIVE(%a)
                RET %b
            }
            """);

        // A trap hands the stopped frame to the client, who gives the trap's results.
        vm.TrapHandler = trap =>
        {
            long area = trap.Context.ToInt64(trap.KeepAlives()[0]);
            return TrapResult.PassValues([trap.Context.FromInt64(area + 1)]);
        };

        // Objects and memory, through handles that keep them alive.
        var point = (MuType)vm.Find("point");
        MuValue p = context.NewFixed(point);
        MuValue location = context.GetIRef(p);
        context.Store(context.GetFieldIRef(location, 0), context.FromInt64(6));
        context.Store(context.GetFieldIRef(location, 1), context.FromInt64(7));

        // A call, on a stack of its own.
        MuValue[] results = context.Call((Function)vm.Find("area"), p);
        return context.ToInt64(results[0]);
    }
    // end

    [Theory]
    [ClassData(typeof(Engines))]
    public void The_example_of_the_documentation_runs(EngineKind engine) => Assert.Equal(43, RunExample(engine));

    [Fact]
    public void The_documentation_has_this_example() => Assert.Contains(ExampleText(), Document(), StringComparison.Ordinal);

    private static string ExampleText([CallerFilePath] string here = "")
    {
        string[] lines = File.ReadAllLines(here);
        int begin = Array.IndexOf(lines, "    // example") + 1, end = Array.IndexOf(lines, "    // end");
        return string.Join('\n', lines[begin..end].Select(line => line.Length > 4 ? line[4..] : ""));
    }

    private static string Document([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "api.md"));
}
