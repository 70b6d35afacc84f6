using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Tests.Api;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Stacks;

/// <summary>What ends at the limits of heap, stacks and threads: the exceptional edge with NULL in Mu code, an exception of its own for the client; and everything goes on afterwards.</summary>
public sealed class ExhaustionTests
{
    private const string Program = """
        .typedef @i64 = int<64>
        .typedef @node = struct<ref<@node> stackref>
        .typedef @block = hybrid<ref<@block> int<8>>
        .const @0 <@i64> = 0
        .const @1 <@i64> = 1
        .const @null <ref<void>> = NULL
        .const @nil <ref<@node>> = NULL
        .const @noblock <ref<@block>> = NULL
        .global @futex <@i64>

        .funcdef @idle VERSION %v1 <() -> ()> {
          %entry():
            RET ()
        }
        .funcdef @wait VERSION %v1 <() -> ()> {
          %entry():
            BRANCH %again()
          %again():
            %i = LOAD SEQ_CST <@i64> @futex
            %go = NE <@i64> %i @0
            BRANCH2 %go %end() %sleep()
          %sleep():
            %r = COMMINST @uvm.futex.wait <@i64> (@futex @0)
            BRANCH %again()
          %end():
            RET ()
        }
        .funcdef @release VERSION %v1 <() -> ()> {
          %entry():
            STORE SEQ_CST <@i64> @futex @1
            %n = COMMINST @uvm.futex.wake <@i64> (@futex @everybody)
            RET ()
        }
        .const @everybody <int<32>> = 1000000
        .funcdef @isnull VERSION %v1 <(ref<void> @i64) -> (@i64)> {
          %entry(<ref<void>> %e <@i64> %n):
            %y = EQ <ref<void>> %e @null
            %z = ZEXT <int<1> @i64> %y
            %r = MUL <@i64> %n %z
            RET %r
        }
        // Keeps stacks until there are no more; how many.
        .funcdef @hoard_stacks VERSION %v1 <() -> (@i64)> {
          %entry():
            BRANCH %loop(@nil @0)
          %loop(<ref<@node>> %list <@i64> %n):
            %s = COMMINST @uvm.new_stack <[() -> ()]> (@idle) EXC(%made(%list %n %s) %out(%n %list))
          %made(<ref<@node>> %list <@i64> %n <stackref> %s):
            %o = NEW <@node>
            %i = GETIREF <@node> %o
            %f = GETFIELDIREF <@node 0> %i
            %g = GETFIELDIREF <@node 1> %i
            STORE <ref<@node>> %f %list
            STORE <stackref> %g %s
            %m = ADD <@i64> %n @1
            BRANCH %loop(%o %m)
          %out(<@i64> %n <ref<@node>> %list) [%e]:
            %r = CALL <(ref<void> @i64) -> (@i64)> @isnull (%e %n)
            RET %r
        }
        .funcdef @hoard_stacks_blindly VERSION %v1 <() -> ()> {
          %entry():
            BRANCH %loop(@nil)
          %loop(<ref<@node>> %list):
            %s = COMMINST @uvm.new_stack <[() -> ()]> (@idle)
            %o = NEW <@node>
            %i = GETIREF <@node> %o
            %f = GETFIELDIREF <@node 0> %i
            %g = GETFIELDIREF <@node 1> %i
            STORE <ref<@node>> %f %list
            STORE <stackref> %g %s
            BRANCH %loop(%o)
        }
        .funcdef @drop_stacks VERSION %v1 <(@i64) -> (@i64)> {
          %entry(<@i64> %n):
            BRANCH %loop(%n)
          %loop(<@i64> %n):
            %s = COMMINST @uvm.new_stack <[() -> ()]> (@idle)
            %m = SUB <@i64> %n @1
            %more = NE <@i64> %m @0
            BRANCH2 %more %loop(%m) %done(%m)
          %done(<@i64> %n):
            RET %n
        }
        // Starts threads until there can be no more; how many.
        .funcdef @hoard_threads VERSION %v1 <() -> (@i64)> {
          %entry():
            BRANCH %loop(@0)
          %loop(<@i64> %n):
            %s = COMMINST @uvm.new_stack <[() -> ()]> (@wait)
            %t = NEWTHREAD %s PASS_VALUES <> () EXC(%made(%n) %out(%n))
          %made(<@i64> %n):
            %m = ADD <@i64> %n @1
            BRANCH %loop(%m)
          %out(<@i64> %n) [%e]:
            %r = CALL <(ref<void> @i64) -> (@i64)> @isnull (%e %n)
            RET %r
        }
        // Keeps hybrids of a given length until memory is full; how many.
        .funcdef @hoard_hybrids VERSION %v1 <(@i64) -> (@i64)> {
          %entry(<@i64> %length):
            BRANCH %loop(%length @noblock @0)
          %loop(<@i64> %length <ref<@block>> %list <@i64> %n):
            %o = NEWHYBRID <@block @i64> %length EXC(%made(%length %list %n %o) %out(%n %list))
          %made(<@i64> %length <ref<@block>> %list <@i64> %n <ref<@block>> %o):
            %i = GETIREF <@block> %o
            %f = GETFIELDIREF <@block 0> %i
            STORE <ref<@block>> %f %list
            %m = ADD <@i64> %n @1
            BRANCH %loop(%length %o %m)
          %out(<@i64> %n <ref<@block>> %list) [%e]:
            %r = CALL <(ref<void> @i64) -> (@i64)> @isnull (%e %n)
            RET %r
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
    [ClassData(typeof(Engines))]
    public void One_stack_more_than_the_limit_takes_the_exceptional_edge(EngineKind engine)
    {
        using MuVM vm = Start(new MuVMOptions { Engine = engine, MaxHeap = 16 << 20, MaxStacks = 100 });
        using MuContext context = vm.NewContext();
        // The stacks of the runs before are found dead; the one that runs counts.
        for (int i = 0; i < 3; i++) Assert.Equal(99, Call(context, vm, "hoard_stacks"));
        Assert.True(Assert.Throws<UncaughtMuException>(() => context.Call((Function)vm.Find("hoard_stacks_blindly"))).IsNull);
        Assert.Equal(99, Call(context, vm, "hoard_stacks"));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Stacks_that_nobody_keeps_do_not_count(EngineKind engine)
    {
        using MuVM vm = Start(new MuVMOptions { Engine = engine, MaxHeap = 16 << 20, MaxStacks = 50 });
        using MuContext context = vm.NewContext();
        Assert.Equal(0, Call(context, vm, "drop_stacks", 1000));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void A_client_that_makes_too_many_stacks_gets_an_exception(EngineKind engine)
    {
        using MuVM vm = Start(new MuVMOptions { Engine = engine, MaxHeap = 16 << 20, MaxStacks = 10 });
        using (MuContext context = vm.NewContext())
        {
            MuValue idle = context.FromFunction((Function)vm.Find("idle"));
            for (int i = 0; i < 10; i++) context.NewStack(idle);
            Assert.Contains(nameof(MuVMOptions.MaxStacks), Assert.Throws<MuOutOfMemoryException>(() => context.NewStack(idle)).Message, StringComparison.Ordinal);
            Assert.Throws<MuOutOfMemoryException>(() => context.Call((Function)vm.Find("idle")));
        }

        using MuContext next = vm.NewContext();
        Assert.Equal(9, Call(next, vm, "hoard_stacks"));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void One_thread_more_than_the_limit_takes_the_exceptional_edge(EngineKind engine)
    {
        using MuVM vm = Start(new MuVMOptions { Engine = engine, MaxHeap = 16 << 20, MaxThreads = 4 });
        using MuContext context = vm.NewContext();
        Assert.Equal(4, Call(context, vm, "hoard_threads"));
        MuValue stack = context.NewStack(context.FromFunction((Function)vm.Find("wait")));
        Assert.Contains(nameof(MuVMOptions.MaxThreads), Assert.Throws<MuOutOfMemoryException>(() => context.NewThread(stack, null)).Message, StringComparison.Ordinal);
        context.Call((Function)vm.Find("release"));
        Assert.True(vm.WaitForThreads(TimeSpan.FromSeconds(30)));
        // The stack that no thread took is as ready as before.
        context.NewThread(stack, null);
        Assert.True(vm.WaitForThreads(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData(EngineKind.Jit, 100)]
    [InlineData(EngineKind.Jit, 3000)]
    [InlineData(EngineKind.Jit, 300_000)]
    [InlineData(EngineKind.Interpreter, 100)]
    [InlineData(EngineKind.Interpreter, 3000)]
    [InlineData(EngineKind.Interpreter, 300_000)]
    public void Hybrids_that_fill_memory_end_at_the_exceptional_edge(EngineKind engine, long length)
    {
        const long MaxHeap = 4 << 20;
        using MuVM vm = Start(new MuVMOptions { Engine = engine, MaxHeap = MaxHeap });
        using MuContext context = vm.NewContext();
        for (int i = 0; i < 2; i++) Assert.InRange(Call(context, vm, "hoard_hybrids", length), MaxHeap / 2 / length, MaxHeap / length);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void A_client_that_fills_memory_gets_an_exception(EngineKind engine)
    {
        using MuVM vm = Start(new MuVMOptions { Engine = engine, MaxHeap = 2 << 20 });
        var block = (HybridType)vm.Find("block");
        using (MuContext context = vm.NewContext())
        {
            Assert.Throws<MuOutOfMemoryException>(() => context.NewHybrid(block, long.MaxValue));
            Assert.Throws<MuOutOfMemoryException>(() =>
            {
                for (int i = 0; i < 100; i++) context.NewHybrid(block, 1 << 16);
            });
            Assert.Throws<MuOutOfMemoryException>(() =>
            {
                for (int i = 0; i < 200_000; i++) context.NewFixed(IntType.I64);
            });
        }

        using MuContext next = vm.NewContext();
        Assert.NotEqual(0L, Call(next, vm, "hoard_hybrids", 1000));
    }
}
