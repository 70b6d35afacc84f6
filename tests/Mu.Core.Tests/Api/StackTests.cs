using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Api;

/// <summary>Traps, frames, stacks and replaced frames: the same on both engines.</summary>
public sealed class StackTests
{
    private const string Program = """
        .typedef @i64 = int<64>
        .typedef @i52 = int<52>
        .typedef @pair = struct<@i52 double>
        .typedef @node = ref<@i64>
        .funcsig @unary = (@i64) -> (@i64)
        .funcsig @none = () -> ()
        .const @one <@i64> = 1
        .const @nil <ref<void>> = NULL

        .funcdef @outer VERSION %v1 <@unary> {
          %entry(<@i64> %n):
            %m = ADD <@i64> %n @one
            %r = [%call] CALL <@unary> @inner (%m) EXC(%ok(%r %n) %caught(%n)) KEEPALIVE(%n)
          %ok(<@i64> %r <@i64> %n):
            %s = ADD <@i64> %r %n
            RET %s
          %caught(<@i64> %n) [%e]:
            %s = SUB <@i64> @one %n
            RET %s
        }
        .funcdef @inner VERSION %v1 <@unary> {
          %entry(<@i64> %n):
            %cell = NEW <@i64>
            %i = GETIREF <@i64> %cell
            STORE <@i64> %i %n
            %small = TRUNC <@i64 @i52> %n
            %d = SITOFP <@i64 double> %n
            %f = FPTRUNC <double float> %d
            %r = [%trap] TRAP <@i64> KEEPALIVE(%n %cell %small %d %f)
            RET %r
        }
        .funcdef @generator VERSION %v1 <(stackref) -> ()> {
          %entry(<stackref> %parent):
            BRANCH %loop(%parent @one)
          %loop(<stackref> %parent <@i64> %n):
            SWAPSTACK %parent RET_WITH <> PASS_VALUES <@i64> (%n)
            %m = ADD <@i64> %n %n
            BRANCH %loop(%parent %m)
        }
        .funcdef @third VERSION %v1 <(stackref) -> (@i64)> {
          %entry(<stackref> %g):
            %me = COMMINST @uvm.current_stack
            %a = SWAPSTACK %g RET_WITH <@i64> PASS_VALUES <stackref> (%me)
            %b = SWAPSTACK %g RET_WITH <@i64> PASS_VALUES <> ()
            %c = SWAPSTACK %g RET_WITH <@i64> PASS_VALUES <> ()
            COMMINST @uvm.kill_stack (%g)
            RET %c
        }
        .funcdef @local VERSION %v1 <() -> (ref<void>)> {
          %entry():
            %before = COMMINST @uvm.get_threadlocal
            TRAP <>
            %after = COMMINST @uvm.get_threadlocal
            RET %after
        }
        .funcdef @leave VERSION %v1 <@none> {
          %entry():
            COMMINST @uvm.thread_exit
        }
        .funcdef @raise VERSION %v1 <(ref<void>) -> ()> {
          %entry(<ref<void>> %e):
            THROW %e
        }
        .funcdef @pairs VERSION %v1 <(@pair @i64) -> (@pair)> {
          %entry(<@pair> %p <@i64> %n):
            %q = TRAP <@pair> KEEPALIVE(%p %n)
            RET %q
        }
        """;

    private static MuVM Start(EngineKind engine, bool stress = false)
    {
        var vm = new MuVM(new MuVMOptions { Engine = engine, CollectorStress = stress, MaxHeap = 256 << 20 });
        vm.LoadText(Program);
        return vm;
    }

    private static Function F(MuVM vm, string name) => (Function)vm.Find(name);

    [Theory]
    [ClassData(typeof(Engines))]
    public void A_trap_shows_its_kept_values_and_takes_values(EngineKind engine)
    {
        using MuVM vm = Start(engine, stress: true);
        using MuContext context = vm.NewContext();
        int traps = 0;
        vm.TrapHandler = trap =>
        {
            traps++;
            MuContext c = trap.Context;
            vm.Machine.Heap.Collect();
            MuValue[] kept = trap.KeepAlives();
            Assert.Equal(("inner", "inner.v1", "inner.v1.entry.trap"), (trap.Function.Name, trap.Version!.Name, trap.Instruction!.Name));
            Assert.Equal(-7, c.ToInt64(kept[0]));
            Assert.Equal(-7, c.ToInt64(c.Load(c.GetIRef(kept[1]))));
            Assert.Equal(-7, c.ToInt64(kept[2]));
            Assert.Equal((-7.0, -7f), (c.ToDouble(kept[3]), c.ToFloat(kept[4])));
            return TrapResult.PassValues([c.FromInt64(100)]);
        };
        Assert.Equal(92, context.ToInt64(context.Call(F(vm, "outer"), context.FromInt64(-8))[0]));
        Assert.Equal(1, traps);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void A_trap_takes_an_exception_and_it_lands_in_the_caller(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        vm.TrapHandler = trap => TrapResult.Throw(trap.Context.RefCast(trap.Context.NewFixed(IntType.I64), new ReferenceType(TypeKind.Ref, SimpleType.Void)));
        Assert.Equal(-4, context.ToInt64(context.Call(F(vm, "outer"), context.FromInt64(5))[0]));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Answers_of_the_wrong_type_are_refused(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        vm.TrapHandler = trap => TrapResult.PassValues([trap.Context.FromInt32(1)]);
        Assert.Contains("int<64> is needed", Assert.Throws<ArgumentException>(() => context.Call(F(vm, "outer"), context.FromInt64(5))).Message.Replace("i64", "int<64>", StringComparison.Ordinal), StringComparison.Ordinal);
        vm.TrapHandler = _ => TrapResult.PassValues([]);
        Assert.Throws<ArgumentException>(() => context.Call(F(vm, "outer"), context.FromInt64(5)));
        vm.TrapHandler = null;
        Assert.Throws<InvalidOperationException>(() => context.Call(F(vm, "outer"), context.FromInt64(5)));
        Assert.Throws<ArgumentException>(() => context.Call(F(vm, "outer")));
        Assert.Throws<ArgumentException>(() => context.Call(F(vm, "outer"), context.FromDouble(5)));
        vm.TrapHandler = trap => TrapResult.PassValues([trap.Context.FromInt64(1)]);
        Assert.Equal(6, context.ToInt64(context.Call(F(vm, "outer"), context.FromInt64(5))[0]));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void A_cursor_walks_all_frames(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        FrameCursor? late = null;
        vm.TrapHandler = trap =>
        {
            using FrameCursor cursor = trap.NewCursor(), copy = cursor.Copy();
            Assert.True(cursor.NextFrame());
            Assert.Equal(("outer", "outer.v1.entry.call"), (cursor.Function.Name, cursor.Instruction!.Name));
            Assert.Equal(5, trap.Context.ToInt64(Assert.Single(cursor.KeepAlives())));
            Assert.False(cursor.NextFrame());
            Assert.Equal("inner", copy.Function.Name);
            late = trap.NewCursor();
            return TrapResult.PassValues([trap.Context.FromInt64(1)]);
        };
        Assert.Equal(6, context.ToInt64(context.Call(F(vm, "outer"), context.FromInt64(5))[0]));
        Assert.Throws<ArgumentException>(() => late!.Function);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Popped_frames_are_replaced_by_pushed_ones(EngineKind engine)
    {
        using MuVM vm = Start(engine, stress: true);
        using MuContext context = vm.NewContext();
        vm.LoadText("""
            .funcdef @replacement VERSION %v1 <(@i64 @node) -> (@i64)> {
              %entry(<@i64> %n <@node> %cell):
                %i = GETIREF <@i64> %cell
                %x = LOAD <@i64> %i
                %y = MUL <@i64> %x %n
                RET %y
            }
            """);
        vm.TrapHandler = trap =>
        {
            MuContext c = trap.Context;
            MuValue cell = trap.KeepAlives()[1];
            using FrameCursor cursor = trap.NewCursor(), other = trap.NewCursor();
            cursor.NextFrame();
            c.PopFramesTo(cursor);
            Assert.Equal("outer", cursor.Function.Name);
            Assert.Throws<InvalidOperationException>(() => other.Function);
            Assert.Throws<ArgumentException>(() => c.PushFrame(trap.Stack, c.FromFunction(F(vm, "local"))));
            c.PushFrame(trap.Stack, c.FromFunction(F(vm, "replacement")));
            Assert.Throws<InvalidOperationException>(() => cursor.Function);
            using FrameCursor fresh = trap.NewCursor();
            Assert.Equal("replacement", fresh.Function.Name);
            Assert.Null(fresh.Version);
            Assert.True(fresh.NextFrame());
            Assert.Equal("outer", fresh.Function.Name);
            return TrapResult.PassValues([c.FromInt64(10), cell]);
        };
        // inner's cell holds 4; 4 * 10 comes back to outer, which adds 3.
        Assert.Equal(43, context.ToInt64(context.Call(F(vm, "outer"), context.FromInt64(3))[0]));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void An_exception_in_a_pushed_frame_goes_to_the_frame_below(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        vm.TrapHandler = trap =>
        {
            trap.Context.PushFrame(trap.Stack, trap.Context.FromFunction(F(vm, "outer")));
            return TrapResult.Throw(trap.Context.Null(new ReferenceType(TypeKind.Ref, SimpleType.Void)));
        };
        Assert.Equal(-4, context.ToInt64(context.Call(F(vm, "outer"), context.FromInt64(5))[0]));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Trap_handlers_run_other_stacks_and_rebind_to_them(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        MuValue kept = context.NewStack(context.FromFunction(F(vm, "outer")));
        int depth = 0;
        vm.TrapHandler = trap =>
        {
            MuContext c = trap.Context;
            int trapped = ++depth;
            if (trapped == 1) Assert.Equal(7, c.ToInt64(c.Call(F(vm, "outer"), c.FromInt64(2))[0]));
            if (trapped == 2) return TrapResult.PassValues([c.FromInt64(5)]);
            if (trapped > 2) return TrapResult.PassValues([c.FromInt64(1000)]);
            // Another stack goes on in place of the trapped one; the run ends with its results.
            MuValue next = c.NewStack(c.FromFunction(F(vm, "outer")));
            return TrapResult.PassValues([c.FromInt64(1)], next);
        };
        Assert.Equal(1001, context.ToInt64(context.Run(kept, context.FromInt64(0)).Values[0]));
        Assert.Equal(3, depth);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Stacks_are_made_run_and_killed_by_the_client(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        MuValue generator = context.NewStack(context.FromFunction(F(vm, "generator"))), third = context.NewStack(context.FromFunction(F(vm, "third")));
        using (FrameCursor cursor = context.NewCursor(generator))
        {
            Assert.Equal("generator", cursor.Function.Name);
            Assert.Empty(cursor.KeepAlives());
            Assert.False(cursor.NextFrame());
        }
        RunResult result = context.Run(third, generator);
        Assert.True(result.Returned);
        Assert.Equal(4, context.ToInt64(result.Values[0]));
        Assert.Contains("Dead", Assert.Throws<InvalidOperationException>(() => context.Run(third, generator)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => context.KillStack(generator));
        MuValue other = context.NewStack(context.FromFunction(F(vm, "third")));
        context.KillStack(other);
        Assert.Throws<InvalidOperationException>(() => context.NewCursor(other));
        Assert.Throws<ArgumentException>(() => context.NewStack(context.Null(F(vm, "third").Type)));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void The_thread_local_reference_is_set_before_a_run_and_in_a_trap_handler(EngineKind engine)
    {
        using MuVM vm = Start(engine, stress: true);
        using MuContext context = vm.NewContext();
        MuValue first = context.NewFixed(IntType.I64), second = context.NewFixed(IntType.I64);
        context.SetThreadLocal(first);
        vm.TrapHandler = trap =>
        {
            Assert.Equal(context.ToUInt64(context.GetAddress(first)), trap.Context.ToUInt64(trap.Context.GetAddress(trap.Context.GetThreadLocal())));
            context.SetThreadLocal(second);
            return TrapResult.PassValues([]);
        };
        Assert.True(context.SameReference(second, context.Call(F(vm, "local"))[0]));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void A_thread_that_exits_or_throws_ends_the_run(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        Assert.Throws<MuThreadExitException>(() => context.Call(F(vm, "leave")));
        Assert.False(context.Run(context.NewStack(context.FromFunction(F(vm, "leave")))).Returned);
        vm.TrapHandler = _ => TrapResult.Exit;
        Assert.Throws<MuThreadExitException>(() => context.Call(F(vm, "local")));
        MuValue made = context.RefCast(context.NewFixed(IntType.I64), new ReferenceType(TypeKind.Ref, SimpleType.Void));
        var thrown = Assert.Throws<UncaughtMuException>(() => context.Call(F(vm, "raise"), made));
        Assert.True(context.SameReference(made, thrown.Exception));
        Assert.False(thrown.IsNull);
        MuValue fresh = context.NewStack(context.FromFunction(F(vm, "local")));
        Assert.True(context.SameReference(made, Assert.Throws<UncaughtMuException>(() => context.RunThrowing(fresh, made)).Exception));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Struct_values_go_in_and_out(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        var pair = (StructType)vm.Find("pair");
        vm.TrapHandler = trap =>
        {
            MuValue[] kept = trap.KeepAlives();
            Assert.Equal(8, trap.Context.ToInt64(kept[1]));
            return TrapResult.PassValues([trap.Context.InsertValue(kept[0], 1, trap.Context.FromDouble(9.5))]);
        };
        MuValue result = context.Call(F(vm, "pairs"), context.FromParts(pair, context.FromInteger(IntType.I52, -3L), context.FromDouble(1)), context.FromInt64(8))[0];
        Assert.Equal((-3L, 9.5), (context.ToInt64(context.ExtractValue(result, 0)), context.ToDouble(context.ExtractValue(result, 1))));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void A_handlers_exception_arrives_where_the_run_started(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        vm.TrapHandler = _ => throw new FormatException("from the handler");
        Assert.Throws<FormatException>(() => context.Call(F(vm, "outer"), context.FromInt64(5)));
        vm.TrapHandler = trap => TrapResult.PassValues([trap.Context.FromInt64(1)]);
        Assert.Equal(6, context.ToInt64(context.Call(F(vm, "outer"), context.FromInt64(5))[0]));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Running_frames_keep_their_version_and_new_calls_take_the_new_one(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        vm.LoadText("""
            .funcdef @evolving VERSION %v1 <@unary> {
              %entry(<@i64> %n):
                %x = TRAP <@i64>
                %r = CALL <@unary> @evolving (%x)
                %s = ADD <@i64> %r @one
                RET %s
            }
            """);
        vm.TrapHandler = trap =>
        {
            Assert.Equal("evolving.v1", trap.Version!.Name);
            vm.LoadText("""
                .const @hundred <@i64> = 100
                .funcdef @evolving VERSION %v2 <@unary> {
                  %entry(<@i64> %n):
                    %r = MUL <@i64> %n @hundred
                    RET %r
                }
                """);
            return TrapResult.PassValues([trap.Context.FromInt64(3)]);
        };
        Assert.Equal(301, context.ToInt64(context.Call(F(vm, "evolving"), context.FromInt64(5))[0]));
        Assert.Equal(500, context.ToInt64(context.Call(F(vm, "evolving"), context.FromInt64(5))[0]));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Undefined_functions_are_defined_when_they_are_called(EngineKind engine)
    {
        using MuVM vm = Start(engine, stress: true);
        using MuContext context = vm.NewContext();
        vm.LoadText("""
            .funcdecl @late <(@i64 @node double) -> (@i64)>
            .funcdef @caller VERSION %v1 <(@node) -> (@i64)> {
              %entry(<@node> %cell):
                %d = SITOFP <@i64 double> @one
                %r = CALL <(@i64 @node double) -> (@i64)> @late (@one %cell %d)
                RET %r
            }
            """);
        var asked = new List<string?>();
        vm.UndefinedFunction = function =>
        {
            asked.Add(function.Name);
            vm.Machine.Heap.Collect();
            Assert.Throws<InvalidOperationException>(() => context.Call(F(vm, "leave")));
            vm.LoadText("""
                .funcdef @late VERSION %v1 <(@i64 @node double) -> (@i64)> {
                  %entry(<@i64> %n <@node> %cell <double> %d):
                    %i = GETIREF <@i64> %cell
                    %x = LOAD <@i64> %i
                    %y = ADD <@i64> %x %n
                    %z = FPTOSI <double @i64> %d
                    %s = ADD <@i64> %y %z
                    RET %s
                }
                """);
        };
        MuValue cell = context.NewFixed(IntType.I64);
        context.Store(context.GetIRef(cell), context.FromInt64(40));
        for (int i = 0; i < 2; i++) Assert.Equal(42, context.ToInt64(context.Call(F(vm, "caller"), cell)[0]));
        Assert.Equal(["late"], asked);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void A_function_that_stays_undefined_is_named(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext context = vm.NewContext();
        vm.LoadText(".funcdecl @never <() -> ()>");
        Exception failure = Assert.ThrowsAny<Exception>(() => context.Call(F(vm, "never")));
        Assert.Contains("never", failure.Message, StringComparison.Ordinal);
        vm.TrapHandler = trap => TrapResult.PassValues([trap.Context.FromInt64(1)]);
        Assert.Equal(6, context.ToInt64(context.Call(F(vm, "outer"), context.FromInt64(5))[0]));
    }
}
