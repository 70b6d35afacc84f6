using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Tests.Api;
using Mu.Core.Tests.Programs;
using Mu.Core.Tests.Text;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Threads;

/// <summary>Programs with several threads while every few safepoints collect and move, and what the client sees of threads.</summary>
public sealed class ThreadProgramTests
{
    /// <summary>With MU_LONG_TESTS set, each test goes on for so many times longer.</summary>
    internal static readonly int Effort = Environment.GetEnvironmentVariable("MU_LONG_TESTS") is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 1;

    [Theory]
    [InlineData(EngineKind.Jit, "threads.uir", 1)]
    [InlineData(EngineKind.Jit, "threads.uir", 50)]
    [InlineData(EngineKind.Jit, "futex.uir", 1)]
    [InlineData(EngineKind.Interpreter, "threads.uir", 7)]
    [InlineData(EngineKind.Interpreter, "futex.uir", 2)]
    public void Programs_run_under_stress(EngineKind engine, string name, int interval)
    {
        for (int i = 0; i < 3 * Effort; i++)
        {
            using var vm = new MuVM(new MuVMOptions { Engine = engine, CollectorStress = true, StressInterval = interval });
            string text = ProgramFiles.Read(name).Replace("@main(1000) -> 4000", "@main(60) -> 240", StringComparison.Ordinal);
            vm.LoadText(text);
            foreach (ProgramRun run in ProgramRun.In(text)) Assert.Equal((run, null), (run, run.Check(vm)));
            Assert.True(vm.WaitForThreads(TimeSpan.FromSeconds(30)), "a thread hangs");
        }
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void The_client_starts_threads_with_values_and_with_exceptions(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        vm.LoadText(Client);
        using MuContext context = vm.NewContext();
        MuValue box = context.NewFixed(IntType.I64);
        MuValue location = context.GetIRef(box), local = context.RefCast(box, new ReferenceType(TypeKind.Ref, SimpleType.Void));
        MuValue stack = context.NewStack(context.FromFunction((Function)vm.Find("store")));
        MuValue thread = context.NewThread(stack, local, context.FromInt64(42));
        Assert.Equal(TypeKind.ThreadRef, context.TypeOf(thread).Kind);
        Assert.False(context.IsNull(thread));
        Assert.True(vm.WaitForThreads(TimeSpan.FromSeconds(30)));
        Assert.Equal(42, context.ToInt64(context.Load(location)));

        Exception? failure = null;
        long thrown = 0;
        vm.ThreadFailed = (failed, exception) =>
        {
            failure = exception;
            MuValue cell = failed.RefCast(((UncaughtMuException)exception).Exception, new ReferenceType(TypeKind.Ref, IntType.I64));
            thrown = failed.ToInt64(failed.Load(failed.GetIRef(cell)));
        };
        context.NewThreadThrowing(context.NewStack(context.FromFunction((Function)vm.Find("store"))), null, local);
        Assert.True(vm.WaitForThreads(TimeSpan.FromSeconds(30)));
        Assert.IsType<UncaughtMuException>(failure);
        Assert.Equal(42, thrown);
        Assert.Throws<InvalidOperationException>(() => context.NewThread(stack, null, context.FromInt64(1)));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Traps_of_several_threads_are_handled_at_the_same_time(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        vm.LoadText(Client);
        using MuContext context = vm.NewContext();
        GlobalCell[] threads = [(GlobalCell)vm.Find("thread1"), (GlobalCell)vm.Find("thread2")];
        using var both = new Barrier(3);
        int arrived = 0, exited = 0;
        vm.TrapHandler = trap =>
        {
            if (both.SignalAndWait(TimeSpan.FromSeconds(30))) Interlocked.Increment(ref arrived);
            vm.Collect(); // no thread in a handler holds a collection up
            Assert.Contains(threads, t => trap.Context.SameReference(trap.Thread, trap.Context.Load(trap.Context.FromGlobal(t))));
            return Interlocked.Increment(ref exited) == 1 ? TrapResult.Exit : TrapResult.PassValues([trap.KeepAlives()[0]]);
        };
        for (int i = 0; i < 2; i++)
            context.Store(context.FromGlobal(threads[i]), context.NewThread(context.NewStack(context.FromFunction((Function)vm.Find("trap"))), null, context.FromInt64(i)));
        both.SignalAndWait(TimeSpan.FromSeconds(30));
        Assert.True(vm.WaitForThreads(TimeSpan.FromSeconds(60)));
        Assert.Equal((2, 2), (arrived, exited));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Handler_failures_of_started_threads_are_reported(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        vm.LoadText(Client);
        using MuContext context = vm.NewContext();
        Exception? failure = null;
        vm.TrapHandler = _ => throw new NotImplementedException("not in this test");
        vm.ThreadFailed = (_, exception) => failure = exception;
        context.NewThread(context.NewStack(context.FromFunction((Function)vm.Find("trap"))), null, context.FromInt64(1));
        Assert.True(vm.WaitForThreads(TimeSpan.FromSeconds(30)));
        Assert.Contains("not in this test", Assert.IsType<NotImplementedException>(failure).Message);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Disposing_ends_threads_that_loop_or_wait(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        vm.LoadText(Client);
        using MuContext context = vm.NewContext();
        foreach (string name in (string[])["loop", "loop", "wait"]) context.NewThread(context.NewStack(context.FromFunction((Function)vm.Find(name))), null);
        Assert.False(vm.WaitForThreads(TimeSpan.FromMilliseconds(50)));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Threads_that_only_switch_stacks_stop_and_end(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        vm.LoadText(Client);
        using MuContext context = vm.NewContext();
        for (int i = 0; i < 3; i++) context.NewThread(context.NewStack(context.FromFunction((Function)vm.Find("ping"))), null);
        for (int i = 0; i < 50 * Effort; i++) vm.Collect();
        Assert.False(vm.WaitForThreads(TimeSpan.Zero));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void A_function_is_compiled_once_however_many_threads_call_it_first(EngineKind engine)
    {
        for (int round = 0; round < 5 * Effort; round++)
        {
            using var vm = new MuVM(new MuVMOptions { Engine = engine });
            int asked = 0;
            vm.LoadText(".funcdecl @late <() -> ()> .funcdef @early VERSION %v1 <() -> ()> { %entry(): CALL <() -> ()> @late () RET () }");
            vm.UndefinedFunction = _ =>
            {
                asked++;
                vm.LoadText(".funcdef @late VERSION %v1 <() -> ()> { %entry(): RET () }");
            };
            using MuContext context = vm.NewContext();
            for (int i = 0; i < 6; i++) context.NewThread(context.NewStack(context.FromFunction((Function)vm.Find("early"))), null);
            Assert.True(vm.WaitForThreads(TimeSpan.FromSeconds(30)));
            Assert.Equal(1, asked);
        }
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void A_thread_for_which_there_is_no_memory_takes_the_exceptional_edge(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine, MaxHeap = 1 << 20 });
        vm.LoadText(Client);
        using MuContext context = vm.NewContext();
        MuValue[] results = context.Call((Function)vm.Find("exhaust"));
        Assert.Equal((1, 1), (context.ToInt64(results[0]), context.ToInt64(results[1])));
        Assert.True(vm.WaitForThreads(TimeSpan.Zero));
    }

    private const string Client = """
        .typedef @i64 = int<64>
        .const @0 <@i64> = 0
        .global @futex <@i64>
        .global @thread1 <threadref>
        .global @thread2 <threadref>
        .funcdef @store VERSION %v1 <(@i64) -> ()> {
          %entry(<@i64> %n):
            %local = COMMINST @uvm.get_threadlocal
            %box = REFCAST <ref<void> ref<@i64>> %local
            %i = GETIREF <@i64> %box
            STORE <@i64> %i %n
            RET ()
        }
        .funcdef @trap VERSION %v1 <(@i64) -> ()> {
          %entry(<@i64> %n):
            %r = TRAP <@i64> KEEPALIVE(%n)
            RET ()
        }
        .funcdef @loop VERSION %v1 <() -> ()> {
          %entry():
            BRANCH %again(@0)
          %again(<@i64> %i):
            %garbage = NEW <@i64>
            BRANCH %again(%i)
        }
        .typedef @cell = struct<@list>
        .typedef @list = ref<@cell>
        .const @1 <@i64> = 1
        .const @nil <@list> = NULL
        // Fills the heap with objects of the size of a thread object; then, whether NEWTHREAD failed, and new_stack too.
        .funcdef @exhaust VERSION %v1 <() -> (@i64 @i64)> {
          %entry():
            %stack = COMMINST @uvm.new_stack <[() -> ()]> (@loop)
            BRANCH %fill(@nil %stack)
          %fill(<@list> %rest <stackref> %stack):
            %c = NEW <@cell> EXC(%more(%c %rest %stack) %full(%rest %stack))
          %more(<@list> %c <@list> %rest <stackref> %stack):
            %i = GETIREF <@cell> %c
            %n = GETFIELDIREF <@cell 0> %i
            STORE <@list> %n %rest
            BRANCH %fill(%c %stack)
          %full(<@list> %rest <stackref> %stack):
            %t = NEWTHREAD %stack PASS_VALUES <> () EXC(%started(%rest) %failed(%rest))
          %started(<@list> %rest):
            RET (@0 @0)
          %failed(<@list> %rest) [%e]:
            %null = EQ <ref<void>> %e @nothing
            %f = ZEXT <int<1> @i64> %null
            %s = COMMINST @uvm.new_stack <[() -> ()]> (@loop) EXC(%has(%rest %f) %has_none(%rest %f))
          %has(<@list> %rest <@i64> %f):
            RET (%f @0)
          %has_none(<@list> %rest <@i64> %f):
            %there = NE <@list> %rest @nil
            %y = ZEXT <int<1> @i64> %there
            RET (%f %y)
        }
        .const @nothing <ref<void>> = NULL
        .funcdef @pong VERSION %v1 <(stackref) -> ()> {
          %entry(<stackref> %to):
            BRANCH %again(%to)
          %again(<stackref> %to):
            SWAPSTACK %to RET_WITH <> PASS_VALUES <> ()
            BRANCH %again(%to)
        }
        .funcdef @ping VERSION %v1 <() -> ()> {
          %entry():
            %me = COMMINST @uvm.current_stack
            %to = COMMINST @uvm.new_stack <[(stackref) -> ()]> (@pong)
            SWAPSTACK %to RET_WITH <> PASS_VALUES <stackref> (%me)
            BRANCH %again(%to)
          %again(<stackref> %to):
            SWAPSTACK %to RET_WITH <> PASS_VALUES <> ()
            BRANCH %again(%to)
        }
        .funcdef @wait VERSION %v1 <() -> ()> {
          %entry():
            BRANCH %again()
          %again():
            %r = COMMINST @uvm.futex.wait <@i64> (@futex @0)
            BRANCH %again()
        }
        """;
}
