using Mu.Core.Api;
using Mu.Core.Compiler.Code;
using Mu.Core.IR;
using Mu.Core.Tests.Text;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Api;

public sealed class WatchpointTests
{
    private static MuVM Start(EngineKind engine)
    {
        var vm = new MuVM(new MuVMOptions { Engine = engine, MaxHeap = 64 << 20 });
        vm.LoadText(ProgramFiles.Read("watchpoints.uir"));
        return vm;
    }

    private static long Call(MuVM vm, MuContext context, string function, long argument) => context.ToInt64(context.Call((Function)vm.Find(function), context.FromInt64(argument))[0]);

    [Theory, ClassData(typeof(Engines))]
    public void A_branch_is_taken_while_its_watchpoint_is_enabled(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        Assert.Equal(4, Call(vm, context, "branch", 3));
        vm.EnableWatchpoint(8);
        Assert.Equal(4, Call(vm, context, "branch", 3));
        vm.EnableWatchpoint(7);
        vm.EnableWatchpoint(7);
        Assert.Equal(103, Call(vm, context, "branch", 3));
        vm.DisableWatchpoint(7);
        Assert.Equal(4, Call(vm, context, "branch", 3));
    }

    [Theory, ClassData(typeof(Engines))]
    public void A_watchpoint_traps_while_enabled_and_takes_values_or_an_exception(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        // Enabled before the code is there.
        vm.EnableWatchpoint(8);
        bool throws = false;
        vm.TrapHandler = trap =>
        {
            MuContext c = trap.Context;
            Assert.Equal((8, "trap.v1.entry.w", 3L), (trap.Watchpoint, trap.Instruction!.Name, c.ToInt64(Assert.Single(trap.KeepAlives()))));
            return throws ? TrapResult.Throw(c.Null(new ReferenceType(TypeKind.Ref, SimpleType.Void))) : TrapResult.PassValues([c.FromInt64(50), c.FromInt64(8)]);
        };
        Assert.Equal(42, Call(vm, context, "trap", 3));
        throws = true;
        Assert.Equal(-97, Call(vm, context, "trap", 3));
        vm.DisableWatchpoint(8);
        Assert.Equal(5, Call(vm, context, "trap", 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => vm.EnableWatchpoint(0));
    }

    [Theory, ClassData(typeof(Engines))]
    public void Another_thread_enables_a_watchpoint_while_code_runs(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        vm.LoadText("""
            .global @rounds <@i64>
            .funcdef @spin VERSION %v1 <() -> (@i64)> {
              %entry():
                BRANCH %loop()
              %loop():
                %n = LOAD RELAXED <@i64> @rounds
                %m = ADD <@i64> %n @1
                STORE RELAXED <@i64> @rounds %m
                WPBRANCH 9 %loop() %out(%m)
              %out(<@i64> %m):
                RET (%m)
            }
            """);
        using MuContext watcher = vm.NewContext();
        MuValue rounds = watcher.FromGlobal((GlobalCell)vm.Find("rounds"));
        var enabler = new Thread(() =>
        {
            while (watcher.ToInt64(watcher.Load(rounds, MemoryOrder.Acquire)) < 1000) Thread.Yield();
            vm.EnableWatchpoint(9);
        });
        enabler.Start();
        Assert.True(context.ToInt64(context.Call((Function)vm.Find("spin"))[0]) >= 1000);
        enabler.Join();
    }

    [Fact]
    public void Disabled_watchpoints_are_places_that_do_nothing()
    {
        using MuVM vm = Start(EngineKind.Jit);
        var code = vm.Machine.CodeGenerator!.Compile(vm.Machine.NewestVersion((Function)vm.Find("branch"))!);
        WatchpointPatch patch = Assert.Single(code.Watchpoints);
        Assert.Equal(WatchpointPatch.Disabled.ToArray(), Bytes(code.Start + (ulong)patch.Offset));
        Assert.True((patch.Offset & 7) + WatchpointPatch.Disabled.Length <= 8);
        vm.EnableWatchpoint(7);
        vm.Machine.Watchpoints.Add(code);
        Assert.Equal(patch.Enabled, Bytes(code.Start + (ulong)patch.Offset));
    }

    private static unsafe byte[] Bytes(ulong address) => new ReadOnlySpan<byte>((void*)address, WatchpointPatch.Disabled.Length).ToArray();
}
