using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Tests.Api;
using Xunit;

namespace Mu.Core.Tests.Threads;

/// <summary>Bundles are loaded, and functions defined anew, while other threads run.</summary>
public sealed class LoadingWhileRunningTests
{
    private const int Versions = 30;

    [Theory]
    [ClassData(typeof(Engines))]
    public void Threads_come_to_see_a_function_defined_anew(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        vm.LoadText($$"""
            .typedef @i64 = int<64>
            .global @wrong <@i64>
            .const @last <@i64> = {{Versions}}
            .const @one <@i64> = 1
            .const @zero <@i64> = 0
            .funcdef @f VERSION %v0 <() -> (@i64)> { %entry(): RET @zero }
            // Calls until the last version answers; versions never go back.
            .funcdef @watch VERSION %v1 <() -> ()> {
              %entry():
                BRANCH %next(@zero)
              %next(<@i64> %before):
                %now = CALL <() -> (@i64)> @f ()
                %back = ULT <@i64> %now %before
                BRANCH2 %back %bad(%now) %good(%now)
              %bad(<@i64> %now):
                %x = ATOMICRMW RELAXED ADD <@i64> @wrong @one
                BRANCH %good(%now)
              %good(<@i64> %now):
                %end = EQ <@i64> %now @last
                BRANCH2 %end %done() %next(%now)
              %done():
                RET ()
            }
            """);
        using MuContext context = vm.NewContext();
        for (int i = 0; i < 3; i++) context.NewThread(context.NewStack(context.FromFunction((Function)vm.Find("watch"))), null);
        for (int i = 1; i <= Versions; i++)
        {
            vm.LoadText($".const @c{i} <int<64>> = {i} .funcdef @f VERSION %v{i} <() -> (int<64>)> {{ %entry(): RET @c{i} }}");
            if (i % 10 == 0) Thread.Sleep(1);
        }
        Assert.True(vm.WaitForThreads(TimeSpan.FromSeconds(30)), "a thread does not see the last version");
        Assert.Equal(0, context.ToInt64(context.Load(context.FromGlobal((GlobalCell)vm.Find("wrong")))));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Bundles_are_loaded_and_run_by_several_clients(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine, CollectorStress = true, StressInterval = 10 });
        vm.LoadText(".typedef @i64 = int<64> .typedef @pair = struct<@i64 @i64>");
        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 4 }, number =>
        {
            vm.LoadText($$"""
                .const @n{{number}} <@i64> = {{number}}
                .funcdef @g{{number}} VERSION %v1 <(@i64) -> (@i64)> {
                  %entry(<@i64> %x):
                    %p = NEW <@pair>
                    %i = GETIREF <@pair> %p
                    %a = GETFIELDIREF <@pair 0> %i
                    STORE <@i64> %a @n{{number}}
                    %q = NEW <@pair>
                    %v = LOAD <@i64> %a
                    %r = ADD <@i64> %v %x
                    RET %r
                }
                """);
            using MuContext context = vm.NewContext();
            Assert.Equal(number + 1000, context.ToInt64(context.Call((Function)vm.Find($"g{number}"), context.FromInt64(1000))[0]));
        });
    }
}
