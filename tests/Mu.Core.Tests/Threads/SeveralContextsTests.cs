using System.Runtime.InteropServices;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Tests.Api;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Threads;

/// <summary>Contexts on several operating-system threads: their Mu code and their handles live in one heap, which moves.</summary>
public sealed class SeveralContextsTests
{
    private const string Program = """
        .typedef @i64 = int<64>
        .typedef @i32 = int<32>
        .typedef @node = struct<@list @i64>
        .typedef @list = ref<@node>
        .funcsig @unary = (@i64) -> (@i64)
        .const @zero <@i64> = 0
        .const @one <@i64> = 1
        .const @nil <@list> = NULL

        // Makes a list of the numbers up to n and adds them up.
        .funcdef @sum VERSION %v1 <@unary> {
          %entry(<@i64> %n):
            BRANCH %make(%n @nil)
          %make(<@i64> %i <@list> %rest):
            %cell = NEW <@node>
            %loc = GETIREF <@node> %cell
            %next = GETFIELDIREF <@node 0> %loc
            %value = GETFIELDIREF <@node 1> %loc
            STORE <@list> %next %rest
            STORE <@i64> %value %i
            %less = SUB <@i64> %i @one
            %done = EQ <@i64> %less @zero
            BRANCH2 %done %add(%cell @zero) %make(%less %cell)
          %add(<@list> %at <@i64> %total):
            %end = EQ <@list> %at @nil
            BRANCH2 %end %exit(%total) %item(%at %total)
          %item(<@list> %here <@i64> %so_far):
            %where = GETIREF <@node> %here
            %np = GETFIELDIREF <@node 0> %where
            %vp = GETFIELDIREF <@node 1> %where
            %n1 = LOAD <@list> %np
            %v1 = LOAD <@i64> %vp
            %t1 = ADD <@i64> %so_far %v1
            BRANCH %add(%n1 %t1)
          %exit(<@i64> %result):
            RET %result
        }

        .funcsig @sleep_sig = (@i32) -> (@i32)
        .const @usleep <ufuncptr<@sleep_sig>> = EXTERN "usleep"
        .funcdef @sleep VERSION %v1 <(@i32) -> (@i32)> {
          %entry(<@i32> %us):
            %r = CCALL #DEFAULT <ufuncptr<@sleep_sig> @sleep_sig> @usleep (%us)
            RET %r
        }
        """;

    [Theory]
    [ClassData(typeof(Engines))]
    public void Each_thread_keeps_its_objects_while_others_allocate(EngineKind engine) => Allocate(new MuVMOptions { Engine = engine, MaxHeap = 256 << 20 }, 200, 2000);

    [Theory]
    [ClassData(typeof(Engines))]
    public void Each_thread_keeps_its_objects_under_stress(EngineKind engine) => Allocate(new MuVMOptions { Engine = engine, CollectorStress = true, StressInterval = 7 }, 5, 60);

    [Theory]
    [ClassData(typeof(Engines))]
    public void Native_code_holds_no_collection_up(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        vm.LoadText(Program);
        var asleep = new ManualResetEventSlim();
        int woken = 0;
        Failing sleeper = Start(vm, context =>
        {
            asleep.Set();
            context.Call((Function)vm.Find("sleep"), context.FromInt32(1_000_000));
            Volatile.Write(ref woken, 1);
        });
        asleep.Wait();
        Thread.Sleep(100);
        for (int i = 0; i < 20; i++) vm.Collect();
        Assert.Equal(0, Volatile.Read(ref woken));
        sleeper.Join();
        Assert.Equal(1, woken);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public unsafe void A_runtime_function_that_blocks_holds_no_collection_up(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine, CollectorStress = true });
        var wait = new Wait();
        vm.SetClientState(wait);
        vm.RegisterSymbol("test.wait", (nint)(delegate* unmanaged<nint, ulong, ulong>)&WaitForSignal);
        vm.LoadText("""
            .typedef @i64 = int<64>
            .funcsig @wait_sig = (ref<@i64>) -> (ref<@i64>)
            .const @wait <ufuncptr<@wait_sig>> = EXTERN "test.wait"
            .funcdef @main VERSION %v1 <(@i64) -> (@i64)> {
              %entry(<@i64> %n):
                %box = NEW <@i64>
                %i = GETIREF <@i64> %box
                STORE <@i64> %i %n
                %same = CCALL #RUNTIME <ufuncptr<@wait_sig> @wait_sig> @wait (%box)
                %j = GETIREF <@i64> %same
                %v = LOAD <@i64> %j
                RET %v
            }
            """);
        long result = 0;
        Failing caller = Start(vm, context => result = context.ToInt64(context.Call((Function)vm.Find("main"), context.FromInt64(42))[0]));
        wait.Reached.Wait();
        for (int i = 0; i < 10; i++) vm.Collect();
        wait.Go.Set();
        caller.Join();
        Assert.Equal(42, result);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Handles_follow_objects_that_another_thread_moves(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine, CollectorStress = true });
        vm.LoadText(Program);
        bool stop = false;
        Failing collector = Start(vm, _ =>
        {
            while (!Volatile.Read(ref stop)) vm.Collect();
        });
        Failing user = Start(vm, context =>
        {
            MuType type = IntType.I64;
            for (int i = 0; i < 2000; i++)
            {
                MuValue cell = context.NewFixed(type), location = context.GetIRef(cell);
                context.Store(location, context.FromInt64(i));
                MuValue copy = context.RefCast(cell, new ReferenceType(TypeKind.Ref, SimpleType.Void));
                Assert.True(context.SameReference(copy, cell));
                Assert.Equal(i, context.ToInt64(context.Load(location)));
                foreach (MuValue handle in (MuValue[])[cell, location, copy]) context.Delete(handle);
            }
        });
        user.Join();
        Volatile.Write(ref stop, true);
        collector.Join();
    }

    private static void Allocate(MuVMOptions options, int rounds, long length)
    {
        using var vm = new MuVM(options);
        vm.LoadText(Program);
        var sum = (Function)vm.Find("sum");
        Failing[] threads = [.. Enumerable.Range(0, 4).Select(number => Start(vm, context =>
        {
            for (int i = 0; i < rounds; i++)
            {
                long n = length + number;
                MuValue[] results = context.Call(sum, context.FromInt64(n));
                Assert.Equal(n * (n + 1) / 2, context.ToInt64(results[0]));
                context.Delete(results[0]);
            }
        }))];
        foreach (Failing thread in threads) thread.Join();
        Assert.True(vm.Machine.Heap.Statistics.Collections > 0 || !options.CollectorStress);
    }

    private sealed class Wait
    {
        public ManualResetEventSlim Reached { get; } = new();

        public ManualResetEventSlim Go { get; } = new();
    }

    [UnmanagedCallersOnly]
    private static ulong WaitForSignal(nint context, ulong box)
    {
        var mutator = new Mutator(context);
        var wait = (Wait)mutator.ClientState!;
        using MutatorRoots roots = mutator.OpenRoots();
        ref ulong kept = ref roots.Ref(box);
        using (mutator.OpenBlocking())
        {
            wait.Reached.Set();
            wait.Go.Wait();
        }
        return kept;
    }

    private static Failing Start(MuVM vm, Action<MuContext> body) => new(vm, body);

    /// <summary>A thread with a context of its own, whose failure arrives where it is joined.</summary>
    private sealed class Failing
    {
        private readonly Thread thread;
        private Exception? failure;

        public Failing(MuVM vm, Action<MuContext> body)
        {
            thread = new Thread(() =>
            {
                try
                {
                    using MuContext context = vm.NewContext();
                    body(context);
                }
                catch (Exception e)
                {
                    failure = e;
                }
            }) { IsBackground = true };
            thread.Start();
        }

        public void Join()
        {
            Assert.True(thread.Join(TimeSpan.FromSeconds(60)), "a thread hangs");
            if (failure is not null) throw new AggregateException(failure);
        }
    }
}
