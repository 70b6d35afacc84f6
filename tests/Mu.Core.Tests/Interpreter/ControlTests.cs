using Mu.Core.Threads;
using Xunit;

namespace Mu.Core.Tests.Interpreter;

/// <summary>Calls, exceptions, stacks, redefinition.</summary>
public sealed class ControlTests
{
    private const string Prelude = """
        .typedef @i64 = int<64>
        .typedef @i1 = int<1>
        .typedef @rv = ref<void>
        .typedef @cell = struct<@i64>
        .const @ZERO <@i64> = 0
        .const @ONE <@i64> = 1
        .const @TWO <@i64> = 2
        .const @NIL <@rv> = NULL
        .funcsig @unary = (@i64) -> (@i64)
        .funcsig @nothing = () -> ()

        """;

    [Theory, MemberData(nameof(TestMachine.EnginesAndModes), MemberType = typeof(TestMachine))]
    public void Recursion_and_several_results(TestedEngine engine, bool stress)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .funcdef @fib <@unary> {
                %entry(<@i64> %n): %s = SLT <@i64> %n @TWO BRANCH2 %s %done(%n) %more(%n)
                %done(<@i64> %r): RET %r
                %more(<@i64> %n):
                    %n1 = SUB <@i64> %n @ONE %n2 = SUB <@i64> %n @TWO
                    %a = CALL <@unary> @fib (%n1) %b = CALL <@unary> @fib (%n2)
                    %s = ADD <@i64> %a %b RET %s
            }
            .funcsig @many = (@i64 double @i64 float @i64 @i64 @i64 @i64 @i64 @i64 @i64 double) -> (double @i64 @i64 @i64 @i64 @i64 @i64 @i64 @i64 @i64 float double)
            .funcdef @rotate <@many> {
                %entry(<@i64> %a <double> %b <@i64> %c <float> %d <@i64> %e <@i64> %f <@i64> %g <@i64> %h <@i64> %i <@i64> %j <@i64> %k <double> %l):
                    RET (%l %k %j %i %h %g %f %e %c %a %d %b)
            }
            .funcdef @main <@many> {
                %entry(<@i64> %a <double> %b <@i64> %c <float> %d <@i64> %e <@i64> %f <@i64> %g <@i64> %h <@i64> %i <@i64> %j <@i64> %k <double> %l):
                    (%z1 %z2 %z3 %z4 %z5 %z6 %z7 %z8 %z9 %z10 %z11 %z12) = CALL <@many> @rotate (%a %b %c %d %e %f %g %h %i %j %k %l)
                    RET (%z1 %z2 %z3 %z4 %z5 %z6 %z7 %z8 %z9 %z10 %z11 %z12)
            }
            """, stress);
        Assert.Equal(987UL, machine.Call("fib", 16));
        Assert.Equal([12UL, 11, 10, 9, 8, 7, 6, 5, 3, 1, 4, 2], machine.CallAll("main", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Tail_calls_need_no_stack(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .funcsig @binary = (@i64 @i64) -> (@i64)
            .funcdef @count <@binary> {
                %entry(<@i64> %n <@i64> %sum): %z = EQ <@i64> %n @ZERO BRANCH2 %z %done(%sum) %more(%n %sum)
                %done(<@i64> %r): RET %r
                %more(<@i64> %n <@i64> %sum): %n1 = SUB <@i64> %n @ONE %s = ADD <@i64> %sum %n TAILCALL <@binary> @count (%n1 %s)
            }
            """);
        Assert.Equal(500000500000UL, machine.Call("count", 1000000, 0));
    }

    [Theory, MemberData(nameof(TestMachine.EnginesAndModes), MemberType = typeof(TestMachine))]
    public void Exceptions_go_to_the_nearest_frame_that_catches(TestedEngine engine, bool stress)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .funcdef @thrower <@unary> {
                %entry(<@i64> %n): %z = EQ <@i64> %n @ZERO BRANCH2 %z %now(%n) %deeper(%n)
                %now(<@i64> %n):
                    %o = NEW <@cell> %i = GETIREF <@cell> %o %p = GETFIELDIREF <@cell 0> %i
                    %v = ADD <@i64> %n @TWO STORE <@i64> %p %v
                    %e = REFCAST <ref<@cell> @rv> %o THROW %e
                %deeper(<@i64> %n): %n1 = SUB <@i64> %n @ONE %r = CALL <@unary> @thrower (%n1) RET %r
            }
            .funcdef @main <@unary> {
                %entry(<@i64> %n): %r = CALL <@unary> @thrower (%n) EXC(%fine(%r) %caught(%n))
                %fine(<@i64> %r): RET %r
                %caught(<@i64> %n) [%e]:
                    %o = REFCAST <@rv ref<@cell>> %e %i = GETIREF <@cell> %o %p = GETFIELDIREF <@cell 0> %i
                    %v = LOAD <@i64> %p %s = ADD <@i64> %v %n RET %s
            }
            """, stress);
        Assert.Equal(12UL, machine.Call("main", 10));
        Assert.Equal(MuOutcome.Uncaught, machine.Run("thrower", 3).Outcome);
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Stack_overflow_can_be_caught_and_survived(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .funcdef @forever <@unary> { %entry(<@i64> %n): %m = ADD <@i64> %n @ONE %r = CALL <@unary> @forever (%m) %s = ADD <@i64> %r %m RET %s }
            .funcdef @main <() -> (@i1)> {
                %entry(): %r = CALL <@unary> @forever (@ZERO) EXC(%fine() %caught())
                %fine(): %f = EQ <@i64> @ZERO @ONE RET %f
                %caught() [%e]: %null = EQ <@rv> %e @NIL RET %null
            }
            """);
        for (int i = 0; i < 3; i++) Assert.Equal(1UL, machine.Call("main"));
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void A_million_swaps_pass_values_both_ways(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .funcsig @body = (stackref) -> ()
            .funcdef @adder <@body> {
                %entry(<stackref> %main): %v = SWAPSTACK %main RET_WITH <@i64> PASS_VALUES <@i64> (@ZERO) BRANCH %loop(%main %v)
                %loop(<stackref> %main <@i64> %v): %w = ADD <@i64> %v @ONE %x = SWAPSTACK %main RET_WITH <@i64> PASS_VALUES <@i64> (%w) BRANCH %loop(%main %x)
            }
            .funcdef @main <@unary> {
                %entry(<@i64> %n):
                    %s = COMMINST @uvm.new_stack <[@body]> (@adder)
                    %me = COMMINST @uvm.current_stack
                    %first = SWAPSTACK %s RET_WITH <@i64> PASS_VALUES <stackref> (%me)
                    BRANCH %loop(%s %n %first)
                %loop(<stackref> %s <@i64> %n <@i64> %v):
                    %w = SWAPSTACK %s RET_WITH <@i64> PASS_VALUES <@i64> (%v)
                    %n1 = SUB <@i64> %n @ONE %z = EQ <@i64> %n1 @ZERO
                    BRANCH2 %z %done(%w) %loop(%s %n1 %w)
                %done(<@i64> %r): RET %r
            }
            """);
        Assert.Equal(500000UL, machine.Call("main", 500000));
    }

    [Theory, MemberData(nameof(TestMachine.EnginesAndModes), MemberType = typeof(TestMachine))]
    public void Stacks_throw_into_each_other_and_die(TestedEngine engine, bool stress)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .funcsig @body = (stackref @i64) -> ()
            .funcdef @dying <@body> {
                %entry(<stackref> %main <@i64> %v):
                    %o = NEW <@cell> %i = GETIREF <@cell> %o %p = GETFIELDIREF <@cell 0> %i STORE <@i64> %p %v
                    %e = REFCAST <ref<@cell> @rv> %o
                    SWAPSTACK %main KILL_OLD THROW_EXC %e
            }
            .funcdef @main <@unary> {
                %entry(<@i64> %n): BRANCH %loop(%n @ZERO)
                %loop(<@i64> %n <@i64> %sum):
                    %s = COMMINST @uvm.new_stack <[@body]> (@dying)
                    %me = COMMINST @uvm.current_stack
                    SWAPSTACK %s RET_WITH <> PASS_VALUES <stackref @i64> (%me %n) EXC(%never() %caught(%n %sum))
                %never(): RET @ZERO
                %caught(<@i64> %n <@i64> %sum) [%e]:
                    %o = REFCAST <@rv ref<@cell>> %e %i = GETIREF <@cell> %o %p = GETFIELDIREF <@cell 0> %i %v = LOAD <@i64> %p
                    %t = ADD <@i64> %sum %v %n1 = SUB <@i64> %n @ONE %z = EQ <@i64> %n1 @ZERO
                    BRANCH2 %z %done(%t) %loop(%n1 %t)
                %done(<@i64> %r): RET %r
            }
            """, stress);
        Assert.Equal(1275UL, machine.Call("main", 50));
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void A_frame_keeps_its_version_when_the_function_is_redefined(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .funcdef @f VERSION %v1 <@unary> { %entry(<@i64> %n): %t = TRAP <@i64> %r = CALL <@unary> @g (%t) %s = ADD <@i64> %r @ONE RET %s }
            .funcdef @g VERSION %v1 <@unary> { %entry(<@i64> %n): RET %n }
            """);
        machine.Machine.TrapHandler = (thread, _) =>
        {
            machine.Load("""
                .funcdef @f VERSION %v2 <@unary> { %entry(<@i64> %n): RET @TWO }
                .funcdef @g VERSION %v2 <@unary> { %entry(<@i64> %n): %m = MUL <@i64> %n @TWO RET %m }
                """);
            machine.SetWord(0, 20);
            return new TrapDecision(TrapAction.PassValues);
        };
        Assert.Equal(41UL, machine.Call("f", 0));
        Assert.Equal(2UL, machine.Call("f", 0));
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Undefined_functions_are_asked_for_at_their_first_call(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .funcdecl @late <@unary>
            .funcdef @main <@unary> { %entry(<@i64> %n): %r = CALL <@unary> @late (%n) RET %r }
            """);
        int asked = 0;
        machine.Machine.UndefinedFunction = function =>
        {
            asked++;
            Assert.Equal("late", function.Name);
            machine.Load(".funcdef @late <@unary> { %entry(<@i64> %n): %m = ADD <@i64> %n @TWO RET %m }");
        };
        Assert.Equal(9UL, machine.Call("main", 7));
        Assert.Equal(10UL, machine.Call("main", 8));
        Assert.Equal(1, asked);
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void A_trap_tells_its_place_and_kept_values_and_can_throw(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .funcdef @main <(@i64 int<52>) -> (@i64)> {
                %entry(<@i64> %n <int<52>> %odd): %w = ADD <@i64> %n @ONE [%here] TRAP <> EXC(%fine(%w) %caught(%w)) KEEPALIVE(%w %odd)
                %fine(<@i64> %w): RET %w
                %caught(<@i64> %w): %d = ADD <@i64> %w %w RET %d
            }
            """);
        var seen = new List<ulong>();
        machine.Machine.TrapHandler = (thread, point) =>
        {
            Assert.Equal("main", point.Frame.Function.Name);
            Assert.IsType<Mu.Core.IR.TrapInstruction>(point.Frame.Instruction);
            seen.AddRange([point.Frame.KeepAlives()[0], point.Frame.KeepAlives()[1]]);
            return new TrapDecision(seen.Count == 2 ? TrapAction.PassValues : TrapAction.Throw);
        };
        Assert.Equal(6UL, machine.Call("main", 5, 3));
        Assert.Equal(12UL, machine.Call("main", 5, 3));
        Assert.Equal([6UL, 3UL << 12, 6, 3UL << 12], seen);
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Switches_select_by_key(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .typedef @i8 = int<8>
            .const @A <@i8> = 3
            .const @B <@i8> = -1
            .const @C <@i8> = 100
            .funcdef @f <(@i8) -> (@i64)> {
                %entry(<@i8> %x): SWITCH <@i8> %x %other() { @A %three(@ONE) @B %minus() @C %three(@TWO) }
                %other(): RET @ZERO
                %three(<@i64> %v): %r = ADD <@i64> %v @TWO RET %r
                %minus(): RET @ONE
            }
            """);
        Assert.Equal([3UL, 1, 4, 0], new ulong[] { 3, 255, 100, 4 }.Select(x => machine.Call("f", x)));
    }
}
