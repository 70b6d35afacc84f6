using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Tests.Api;
using Mu.Core.Text;
using Xunit;

namespace Mu.Core.Tests.Text;

/// <summary>Programs in the relaxed form of Zebu's tools.</summary>
public sealed class ZebuDialectTests
{
    private const string Program = """
        /* names without sigils: labels, values
           and globals are told apart by what a function defines */
        .typedef cell = struct<int<64> double>
        .funcsig main_sig = (int<64>) -> (int<64> double)
        .typedef exit.fp = ufuncptr<(int<32>) -> ()>
        .const exit <exit.fp> = EXTERN "exit"
        .global the-cell <cell>
        .funcdef main <main_sig>
        {
            entry(<int<64>>n):
                c = NEW <cell>
                i = GETIREF <cell> c
                f = GETFIELDIREF <cell 1> i
                STORE <double> f <double>2.5 d
                isnull = EQ <ref<cell>> c <ref<cell>>NULL
                BRANCH2 isnull exit(<int<64>> -1 <double> 0.0d) 0-loop(n <int<64>> 0)
            0-loop(<int<64>> n <int<64>> sum):
                s = CALL <(int<64> int<64>)->(int<64>)> plus(n sum) EXC(more(s n) failed())
            more(<int<64>> s <int<64>> n):
                m = SUB <int<64>> n <int<64>>1
                done = SLE <int<64>> m <int<64>>0
                BRANCH2 done exit(s <double>2.5d) 0-loop(m s)
            failed()[e]:
                THROW e
            exit(<int<64>> r <double> d):
                g = GETFIELDIREF <cell 0> the-cell
                STORE <int<64>> g r
                h = LOAD <int<64>> g
                cs = COMMINST uvm.current_stack()
                RET (h d)
        }
        .funcdef plus <(int<64> int<64>)->(int<64>)> {
            entry(<int<64>>a <int<64>>b):
                res = ADD <int<64>> a b
                RET res
        }
        """;

    [Theory]
    [ClassData(typeof(Engines))]
    public void Relaxed_text_runs(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        vm.LoadText(ZebuDialect.ToStandard(Program));
        using MuContext context = vm.NewContext();
        MuValue[] results = context.Call((Function)vm.Find("main"), context.FromInt64(10));
        Assert.Equal((55, 2.5), (context.ToInt64(results[0]), context.ToDouble(results[1])));
    }

    [Fact]
    public void Programs_in_the_ordinary_form_are_read_alike()
    {
        foreach (string name in (string[])["fib.uir", "switch_machine.uir", "swapstack_generator.uir", "callbacks.uir", "exception_clauses.uir"])
        {
            string text = ProgramFiles.Read(name);
            Assert.Equal(UirPrinter.Print(UirReader.Read(text, name)), UirPrinter.Print(UirReader.Read(ZebuDialect.ToStandard(text), name)));
        }
    }

    [Fact]
    public void Errors_are_told_with_their_line()
    {
        var failure = Assert.Throws<UirException>(() => UirReader.Read(ZebuDialect.ToStandard(".funcdef f <()->()>\n{\n  entry():\n    x = ADD <int<64>> <int<64>>1 y\n    RET ()\n}"), "f.uir"));
        Assert.Contains("f.uir:4:", failure.Message, StringComparison.Ordinal);
    }
}
