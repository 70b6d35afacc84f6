using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Tests.Text;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Native;

/// <summary>Calls between Mu and C, both ways.</summary>
public sealed unsafe class CallbackTests
{
    public static TheoryData<EngineKind, bool> EnginesAndModes => new() { { EngineKind.Jit, false }, { EngineKind.Jit, true }, { EngineKind.Interpreter, false }, { EngineKind.Interpreter, true } };

    private const string Prelude = """
        .typedef @i8 = int<8> .typedef @i16 = int<16> .typedef @i32 = int<32> .typedef @i64 = int<64> .typedef @d = double .typedef @f = float .typedef @b = int<1>
        .const @0 <@i64> = 0 .const @1 <@i64> = 1 .const @2 <@i64> = 2 .const @3 <@i64> = 3 .const @10 <@i64> = 10
        .funcsig @step = (@i64) -> (@i64) .typedef @step.fp = ufuncptr<@step>

        """;

    private static MuVM? Start(EngineKind engine, bool stress, string text)
    {
        if (NativeLibraryBuilder.Path is not { } library) return null;
        var vm = new MuVM(new MuVMOptions { Engine = engine, CollectorStress = stress, MaxHeap = 64 << 20, NativeLibraries = [library] });
        vm.LoadText(Prelude + text, "test.uir");
        return vm;
    }

    private static Function F(MuVM vm, string name) => (Function)vm.Find(name);

    [Theory, MemberData(nameof(EnginesAndModes))]
    public void Arguments_of_all_kinds_arrive_in_registers_and_beyond(EngineKind engine, bool stress)
    {
        using MuVM? vm = Start(engine, stress, """
            .funcsig @mixed = (@i8 @d @i64 @d @f @i64 @i64 @i64 @i64 @d @d @d @d @d @d @d @i32) -> (@d) .typedef @mixed.fp = ufuncptr<@mixed>
            .funcsig @call = (@mixed.fp @i64) -> (@d) .typedef @call.fp = ufuncptr<@call>
            .const @call_mixed <@call.fp> = EXTERN "call_mixed"
            .expose @native = @target #DEFAULT @3
            .funcdef @target VERSION %v <@mixed> {
              %e(<@i8> %a <@d> %b <@i64> %c <@d> %d <@f> %e <@i64> %g <@i64> %h <@i64> %i <@i64> %j <@d> %k <@d> %l <@d> %m <@d> %n <@d> %o <@d> %p <@d> %q <@i32> %r):
                %garbage = NEW <@d>
                %w = SEXT <@i8 @i64> %a
                %x = SEXT <@i32 @i64> %r
                %s1 = ADD <@i64> %w %x  %s2 = ADD <@i64> %s1 %c  %s3 = ADD <@i64> %s2 %g  %s4 = ADD <@i64> %s3 %h  %s5 = ADD <@i64> %s4 %i  %s6 = ADD <@i64> %s5 %j
                %t0 = SITOFP <@i64 @d> %s6
                %z = FPEXT <@f @d> %e
                %t1 = FADD <@d> %t0 %b  %t2 = FADD <@d> %t1 %d  %t3 = FADD <@d> %t2 %z  %t4 = FADD <@d> %t3 %k  %t5 = FADD <@d> %t4 %l  %t6 = FADD <@d> %t5 %m  %t7 = FADD <@d> %t6 %n
                %t8 = FADD <@d> %t7 %o  %t9 = FADD <@d> %t8 %p  %t = FADD <@d> %t9 %q
                RET (%t)
            }
            .funcdef @main VERSION %v <(@i64) -> (@d)> { %e(<@i64> %n): %r = CCALL #DEFAULT <@call.fp @call> @call_mixed (@native %n) RET (%r) }
            """);
        if (vm is null) return;
        using MuContext context = vm.NewContext();
        Assert.Equal(-1 - 100 + 7 + 100 + 0.5 + 1.5 + 2.5 + 28, context.ToDouble(context.Call(F(vm, "main"), context.FromInt64(7))[0]));
    }

    [Theory, MemberData(nameof(EnginesAndModes))]
    public void Structs_are_passed_by_pointer_and_narrow_values_in_registers(EngineKind engine, bool stress)
    {
        using MuVM? vm = Start(engine, stress, """
            .typedef @item = struct<@i32 @d array<@i64 2>> .typedef @items = array<@item 2> .typedef @pitem = uptr<@item>
            .funcsig @fill = (@pitem @i32 @d) -> () .typedef @fill.fp = ufuncptr<@fill> .const @cfill <@fill.fp> = EXTERN "fill"
            .funcsig @weigh = (@pitem @i64) -> (@d) .typedef @weigh.fp = ufuncptr<@weigh> .const @cweigh <@weigh.fp> = EXTERN "weigh"
            .funcsig @narrow = (@i8 @i16 @b) -> (@i8) .typedef @narrow.fp = ufuncptr<@narrow> .const @cnarrow <@narrow.fp> = EXTERN "narrow"
            .funcsig @half = (@f) -> (@f) .typedef @half.fp = ufuncptr<@half> .const @chalf <@half.fp> = EXTERN "half"
            .const @five <@i32> = 5 .const @w <@d> = 0.25d
            .funcdef @main VERSION %v <(@i32 @d) -> (@d @i32)> {
              %e(<@i32> %id <@d> %weight):
                %o = NEW <@items>
                %pin = COMMINST @uvm.native.pin <ref<@items>> (%o)
                %p = PTRCAST <uptr<@items> @pitem> %pin
                %q = SHIFTIREF PTR <@item @i64> %p @1
                CCALL #DEFAULT <@fill.fp @fill> @cfill (%p @five @w)
                CCALL #DEFAULT <@fill.fp @fill> @cfill (%q %id %weight)
                %garbage = NEW <@items>
                %i = GETIREF <@items> %o
                %e1 = GETELEMIREF <@items @i64> %i @1
                %idi = GETFIELDIREF <@item 0> %e1
                %x = LOAD <@i32> %idi
                %s = CCALL #DEFAULT <@weigh.fp @weigh> @cweigh (%p @2)
                COMMINST @uvm.native.unpin <ref<@items>> (%o)
                RET (%s %x)
            }
            .funcdef @small VERSION %v <(@i8 @i16 @b @f) -> (@i8 @f)> {
              %e(<@i8> %a <@i16> %b <@b> %c <@f> %x): %r = CCALL #DEFAULT <@narrow.fp @narrow> @cnarrow (%a %b %c) %h = CCALL #DEFAULT <@half.fp @half> @chalf (%x) RET (%r %h)
            }
            """);
        if (vm is null) return;
        using MuContext context = vm.NewContext();
        MuValue[] results = context.Call(F(vm, "main"), context.FromInt32(7), context.FromDouble(0.5));
        Assert.Equal(0.25 * 15 + 5 + 0.5 * 21 + 7, context.ToDouble(results[0]));
        Assert.Equal(7, context.ToInt64(results[1]));
        results = context.Call(F(vm, "small"), context.FromInteger(IntType.I8, 200UL), context.FromInteger(IntType.I16, -3L), context.FromInteger(IntType.I1, 1UL), context.FromFloat(3));
        Assert.Equal((198UL, 1.5f), (context.ToUInt64(results[0]), context.ToFloat(results[1])));
    }

    private const string Repeating = """
        .funcsig @repeat.sig = (@step.fp @i64 @i64) -> (@i64) .typedef @repeat.fp = ufuncptr<@repeat.sig> .const @repeat <@repeat.fp> = EXTERN "repeat"
        .funcsig @keep.sig = (@step.fp) -> () .typedef @keep.fp = ufuncptr<@keep.sig> .const @keep <@keep.fp> = EXTERN "keep" .const @call_kept <@step.fp> = EXTERN "call_kept"
        .expose @trapping.native = @trapping #DEFAULT @1
        .expose @exiting.native = @exiting #DEFAULT @1
        .expose @deep.native = @deep #DEFAULT @1
        .funcdef @trapping VERSION %v <@step> { %e(<@i64> %x): %r = [%t] TRAP <@i64> KEEPALIVE(%x) RET %r }
        .funcdef @exiting VERSION %v <@step> { %e(<@i64> %x): COMMINST @uvm.thread_exit }
        .funcdef @deep VERSION %v <@step> { %e(<@i64> %x): %y = ADD <@i64> %x @1 %z = CCALL #DEFAULT <@repeat.fp @repeat.sig> @repeat (@trapping.native %y @2) RET %z }
        .funcdef @main VERSION %v <(@step.fp @i64) -> (@i64)> {
          %e(<@step.fp> %f <@i64> %x):
            %o = NEW <@i64>
            %i = GETIREF <@i64> %o
            STORE <@i64> %i %x
            %r = CCALL #DEFAULT <@repeat.fp @repeat.sig> @repeat (%f %x @3)
            %y = LOAD <@i64> %i
            %s = ADD <@i64> %r %y
            RET %s
        }
        .funcdef @kept VERSION %v <(@step.fp @i64) -> (@i64)> {
          %e(<@step.fp> %f <@i64> %x): CCALL #DEFAULT <@keep.fp @keep.sig> @keep (%f) %r = CCALL #DEFAULT <@step.fp @step> @call_kept (%x) RET %r
        }
        """;

    [Theory, MemberData(nameof(EnginesAndModes))]
    public void Traps_in_callbacks_see_the_callbacks_stack(EngineKind engine, bool stress)
    {
        using MuVM? vm = Start(engine, stress, Repeating);
        if (vm is null) return;
        using MuContext context = vm.NewContext();
        int traps = 0;
        vm.TrapHandler = trap =>
        {
            traps++;
            using FrameCursor cursor = trap.NewCursor();
            Assert.Equal("trapping", cursor.Function.Name);
            Assert.False(cursor.NextFrame());
            return TrapResult.PassValues([trap.Context.FromInt64(trap.Context.ToInt64(trap.KeepAlives()[0]) * 2)]);
        };
        Assert.Equal(5 * 8 + 5, context.ToInt64(context.Call(F(vm, "main"), context.FromId(vm.IdOf("trapping.native")), context.FromInt64(5))[0]));
        Assert.Equal(3, traps);
        // Callbacks in callbacks: each step adds one and doubles twice.
        Assert.Equal((((1 + 1) * 4 + 1) * 4 + 1) * 4 + 1, context.ToInt64(context.Call(F(vm, "main"), context.FromId(vm.IdOf("deep.native")), context.FromInt64(1))[0]));
        Assert.Equal(9, traps);
    }

    [Theory, MemberData(nameof(EnginesAndModes))]
    public void What_ends_a_thread_within_a_callback_ends_the_run(EngineKind engine, bool stress)
    {
        using MuVM? vm = Start(engine, stress, Repeating);
        if (vm is null) return;
        using MuContext context = vm.NewContext();
        Assert.Throws<MuThreadExitException>(() => context.Call(F(vm, "main"), context.FromId(vm.IdOf("exiting.native")), context.FromInt64(5)));
        vm.TrapHandler = _ => throw new TimeoutException("the handler's own");
        Assert.Throws<TimeoutException>(() => context.Call(F(vm, "main"), context.FromId(vm.IdOf("deep.native")), context.FromInt64(5)));
        vm.TrapHandler = trap => TrapResult.Throw(trap.Context.RefCast(trap.Context.NewFixed(IntType.I64), new ReferenceType(TypeKind.Ref, SimpleType.Void)));
        UncaughtMuException uncaught = Assert.Throws<UncaughtMuException>(() => context.Call(F(vm, "main"), context.FromId(vm.IdOf("deep.native")), context.FromInt64(5)));
        Assert.False(uncaught.IsNull);
        vm.TrapHandler = trap => TrapResult.PassValues([trap.Context.FromInt64(1)]);
        Assert.Equal(6, context.ToInt64(context.Call(F(vm, "main"), context.FromId(vm.IdOf("trapping.native")), context.FromInt64(5))[0]));
    }

    [Theory, MemberData(nameof(EnginesAndModes))]
    public void The_client_exposes_functions_with_cookies_and_takes_them_back(EngineKind engine, bool stress)
    {
        using MuVM? vm = Start(engine, stress, Repeating + """

            .funcdef @adding VERSION %v <@step> { %e(<@i64> %x): %o = NEW <@i64> %c = COMMINST @uvm.native.get_cookie %r = ADD <@i64> %x %c RET %r }
            .funcdef @two VERSION %v <() -> (@i64 @i64)> { %e(): RET (@0 @1) }
            """);
        if (vm is null) return;
        using MuContext context = vm.NewContext();
        MuValue five = context.Expose(context.FromFunction(F(vm, "adding")), 5), hundred = context.Expose(context.FromFunction(F(vm, "adding")), 100);
        Assert.Equal(1 + 15 + 1, context.ToInt64(context.Call(F(vm, "main"), five, context.FromInt64(1))[0]));
        Assert.Equal(1 + 300 + 1, context.ToInt64(context.Call(F(vm, "main"), hundred, context.FromInt64(1))[0]));
        Assert.Equal(2 + 100 + 1, context.ToInt64(context.Call(F(vm, "kept"), hundred, context.FromInt64(2))[0]));

        // A thread of the client's that runs no Mu code.
        var native = (delegate* unmanaged<long, long>)context.ToUInt64(five);
        long result = 0;
        var caller = new Thread(() => result = native(37));
        caller.Start();
        caller.Join();
        Assert.Equal(42, result);

        context.Unexpose(five);
        Assert.Throws<ArgumentException>(() => context.Unexpose(five));
        Assert.Throws<ArgumentException>(() => context.Expose(context.FromFunction(F(vm, "two")), 0));
        Assert.Throws<ArgumentException>(() => context.Unexpose(context.FromInt64(1)));
    }

    [Theory, ClassData(typeof(Api.Engines))]
    public void An_exception_of_a_callback_lands_at_the_call_of_native_code(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        vm.LoadText(ProgramFiles.Read("callbacks.uir"));
        using MuContext context = vm.NewContext();
        for (int i = 0; i < 1000; i++) Assert.Equal(-i, context.ToInt64(context.Call(F(vm, "thrown"), context.FromInt64(i))[0]));
    }
}
