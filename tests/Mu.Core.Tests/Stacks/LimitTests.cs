using System.Diagnostics;
using System.Globalization;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Tests.Api;
using Mu.Core.Types;
using Xunit;
using Xunit.Abstractions;

namespace Mu.Core.Tests.Stacks;

/// <summary>Deep recursion, stack overflow, exhausted memory, many stacks, many switches.</summary>
public sealed class LimitTests(ITestOutputHelper output)
{
    private const string Program = """
        .typedef @i64 = int<64>
        .typedef @stacks = hybrid<stackref>
        .typedef @node = struct<ref<@node> @i64 @i64 @i64>
        .funcsig @unary = (@i64) -> (@i64)
        .const @zero <@i64> = 0
        .const @one <@i64> = 1
        .const @nil <ref<@node>> = NULL

        .funcdef @forever VERSION %v1 <@unary> {
          %entry(<@i64> %n):
            %m = ADD <@i64> %n @one
            %r = CALL <@unary> @forever (%m)
            %s = ADD <@i64> %r @one
            RET %s
        }
        .funcdef @overflows VERSION %v1 <@unary> {
          %entry(<@i64> %times):
            BRANCH %loop(%times @zero)
          %loop(<@i64> %left <@i64> %caught):
            %more = SGT <@i64> %left @zero
            BRANCH2 %more %body(%left %caught) %done(%caught)
          %body(<@i64> %left <@i64> %caught):
            %r = CALL <@unary> @forever (%left) EXC(%done(%r) %next(%left %caught))
          %next(<@i64> %left <@i64> %caught) [%e]:
            %isnull = EQ <ref<void>> %e @null
            %a = ZEXT <int<1> @i64> %isnull
            %c = ADD <@i64> %caught %a
            %l = SUB <@i64> %left @one
            BRANCH %loop(%l %c)
          %done(<@i64> %caught):
            RET %caught
        }
        .const @null <ref<void>> = NULL
        .funcdef @sum VERSION %v1 <@unary> {
          %entry(<@i64> %n):
            %zero = EQ <@i64> %n @zero
            BRANCH2 %zero %done(%n) %more(%n)
          %done(<@i64> %n):
            RET %n
          %more(<@i64> %n):
            %m = SUB <@i64> %n @one
            %r = CALL <@unary> @sum (%m)
            %s = ADD <@i64> %r %n
            RET %s
        }
        .funcdef @coroutine VERSION %v1 <(stackref) -> ()> {
          %entry(<stackref> %parent):
            SWAPSTACK %parent RET_WITH <> PASS_VALUES <@i64> (@zero)
            BRANCH %loop(%parent @one)
          %loop(<stackref> %parent <@i64> %n):
            SWAPSTACK %parent RET_WITH <> PASS_VALUES <@i64> (%n)
            %m = ADD <@i64> %n @one
            BRANCH %loop(%parent %m)
        }
        .funcdef @crowd VERSION %v1 <@unary> {
          %entry(<@i64> %n):
            %all = NEWHYBRID <@stacks @i64> %n
            %i = GETIREF <@stacks> %all
            %v = GETVARPARTIREF <@stacks> %i
            %me = COMMINST @uvm.current_stack
            BRANCH %make(%n @zero %v %me)
          %make(<@i64> %n <@i64> %k <iref<stackref>> %v <stackref> %me):
            %more = SLT <@i64> %k %n
            BRANCH2 %more %one(%n %k %v %me) %begin(%n %v)
          %one(<@i64> %n <@i64> %k <iref<stackref>> %v <stackref> %me):
            %c = COMMINST @uvm.new_stack <[(stackref) -> ()]> (@coroutine)
            %at = SHIFTIREF <stackref @i64> %v %k
            STORE <stackref> %at %c
            %x = SWAPSTACK %c RET_WITH <@i64> PASS_VALUES <stackref> (%me)
            %l = ADD <@i64> %k @one
            BRANCH %make(%n %l %v %me)
          %begin(<@i64> %n <iref<stackref>> %v):
            BRANCH %sum(%n @zero %v @zero)
          %sum(<@i64> %n <@i64> %k <iref<stackref>> %v <@i64> %s):
            %more = SLT <@i64> %k %n
            BRANCH2 %more %add(%n %k %v %s) %done(%s)
          %add(<@i64> %n <@i64> %k <iref<stackref>> %v <@i64> %s):
            %at = SHIFTIREF <stackref @i64> %v %k
            %c = LOAD <stackref> %at
            %x = SWAPSTACK %c RET_WITH <@i64> PASS_VALUES <> ()
            %t = ADD <@i64> %s %x
            %l = ADD <@i64> %k @one
            BRANCH %sum(%n %l %v %t)
          %done(<@i64> %s):
            RET %s
        }
        .funcdef @pingpong VERSION %v1 <@unary> {
          %entry(<@i64> %n):
            %me = COMMINST @uvm.current_stack
            %c = COMMINST @uvm.new_stack <[(stackref) -> ()]> (@coroutine)
            %x = SWAPSTACK %c RET_WITH <@i64> PASS_VALUES <stackref> (%me)
            BRANCH %loop(%n %c @zero)
          %loop(<@i64> %n <stackref> %c <@i64> %s):
            %more = SLT <@i64> %s %n
            BRANCH2 %more %swap(%n %c) %done(%s)
          %swap(<@i64> %n <stackref> %c):
            %x = SWAPSTACK %c RET_WITH <@i64> PASS_VALUES <> ()
            BRANCH %loop(%n %c %x)
          %done(<@i64> %s):
            RET %s
        }
        .funcdef @hoard VERSION %v1 <() -> (@i64)> {
          %entry():
            BRANCH %loop(@nil @zero)
          %loop(<ref<@node>> %list <@i64> %n):
            %o = NEW <@node> EXC(%made(%list %n %o) %out(%n))
          %made(<ref<@node>> %list <@i64> %n <ref<@node>> %o):
            %i = GETIREF <@node> %o
            %f = GETFIELDIREF <@node 0> %i
            STORE <ref<@node>> %f %list
            %m = ADD <@i64> %n @one
            BRANCH %loop(%o %m)
          %out(<@i64> %n) [%e]:
            %isnull = EQ <ref<void>> %e @null
            %bit = ZEXT <int<1> @i64> %isnull
            %r = MUL <@i64> %bit %n
            RET %r
        }
        .funcdef @hoardblindly VERSION %v1 <() -> (@i64)> {
          %entry():
            BRANCH %loop(@nil @zero)
          %loop(<ref<@node>> %list <@i64> %n):
            %o = NEW <@node>
            %i = GETIREF <@node> %o
            %f = GETFIELDIREF <@node 0> %i
            STORE <ref<@node>> %f %list
            %m = ADD <@i64> %n @one
            BRANCH %loop(%o %m)
        }
        """;

    private static long Call(MuContext context, MuVM vm, string name, params long[] arguments) =>
        context.ToInt64(context.Call((Function)vm.Find(name), Array.ConvertAll(arguments, context.FromInt64))[0]);

    private static MuVM Start(MuVMOptions options)
    {
        var vm = new MuVM(options);
        vm.LoadText(Program);
        return vm;
    }

    [Theory]
    [InlineData(EngineKind.Jit, 1000)]
    [InlineData(EngineKind.Interpreter, 100)]
    public void Stack_overflow_is_caught_many_times(EngineKind engine, long times)
    {
        using MuVM vm = Start(new MuVMOptions { Engine = engine, MainStackSize = 256 << 10, StackSize = 128 << 10, MaxHeap = 64 << 20 });
        using MuContext context = vm.NewContext();
        Assert.Equal(times, Call(context, vm, "overflows", times));
        var thrown = Assert.Throws<UncaughtMuException>(() => Call(context, vm, "forever", 1));
        Assert.True(thrown.IsNull);
        Assert.Equal(55, Call(context, vm, "sum", 10));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Recursion_of_200000_calls_fits_the_main_stack(EngineKind engine)
    {
        using MuVM vm = Start(new MuVMOptions { Engine = engine, MaxHeap = 64 << 20 });
        using MuContext context = vm.NewContext();
        Assert.Equal(200_000L * 200_001 / 2, Call(context, vm, "sum", 200_000));
    }

    [Theory]
    [InlineData(EngineKind.Jit, 100_000)]
    [InlineData(EngineKind.Interpreter, 10_000)]
    public void Many_coroutines_live_at_once(EngineKind engine, long count)
    {
        using MuVM vm = Start(new MuVMOptions { Engine = engine, StackSize = 128 << 10 });
        using MuContext context = vm.NewContext();
        long before = ResidentKilobytes(), start = Stopwatch.GetTimestamp();
        Assert.Equal(count, Call(context, vm, "crowd", count));
        output.WriteLine($"{engine}: {count} live coroutines in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms, resident memory grew by {(ResidentKilobytes() - before) / 1024} MB, {vm.Machine.Heap.Statistics.Collections} collections took {vm.Machine.Heap.Statistics.TotalPause.TotalMilliseconds:F0} ms");
    }

    [Theory]
    [InlineData(EngineKind.Jit, 1_000_000)]
    [InlineData(EngineKind.Interpreter, 20_000)]
    public void Many_stack_switches(EngineKind engine, long count)
    {
        using MuVM vm = Start(new MuVMOptions { Engine = engine, MaxHeap = 64 << 20 });
        using MuContext context = vm.NewContext();
        Call(context, vm, "pingpong", 10);
        long start = Stopwatch.GetTimestamp();
        Assert.Equal(count, Call(context, vm, "pingpong", count));
        output.WriteLine($"{engine}: {2 * count} switches in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Exhausted_memory_is_caught_or_ends_the_run_and_everything_goes_on(EngineKind engine)
    {
        using MuVM vm = Start(new MuVMOptions { Engine = engine, MaxHeap = 8 << 20 });
        using MuContext context = vm.NewContext();
        // 40 bytes each.
        for (int i = 0; i < 3; i++) Assert.InRange(Call(context, vm, "hoard"), 150_000, 210_000);
        var thrown = Assert.Throws<UncaughtMuException>(() => Call(context, vm, "hoardblindly"));
        Assert.True(thrown.IsNull);
        Assert.Contains("exhausted", thrown.Message, StringComparison.Ordinal);
        Assert.InRange(Call(context, vm, "hoard"), 150_000, 210_000);
        Assert.NotEqual(0UL, context.ToUInt64(context.GetAddress(context.NewFixed(IntType.I64))));
    }

    private static long ResidentKilobytes()
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Replace("\t", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
