using System.Text;
using Mu.Core.Api;
using Mu.Core.IR;
using Xunit;

namespace Mu.Core.Tests.Threads;

/// <summary>
/// The memory model's classic questions (Alglave, Maranget and Tautschnig, "Herding cats", TOPLAS 2014): short threads run against each other on fresh locations many times, and an outcome that the
/// orders forbid must not be seen.
/// </summary>
public sealed class LitmusTests
{
    /// <summary>Name, accesses of each thread, and the forbidden values of the registers.</summary>
    public static TheoryData<EngineKind, string, string[], string> Questions
    {
        get
        {
            var data = new TheoryData<EngineKind, string, string[], string>();
            foreach (EngineKind engine in Enum.GetValues<EngineKind>())
            {
                data.Add(engine, "message passing", ["x=RELAXED y=RELEASE", "0=ACQUIRE(y) 1=RELAXED(x)"], "1 0");
                data.Add(engine, "message passing, consume", ["x=RELAXED y=RELEASE", "0=CONSUME(y) 1=RELAXED(x)"], "1 0");
                data.Add(engine, "message passing by fences", ["x=RELAXED RELEASE! y=RELAXED", "0=RELAXED(y) ACQUIRE! 1=RELAXED(x)"], "1 0");
                data.Add(engine, "message passing by read-modify-write", ["x=RELAXED y+RELEASE", "0+ACQUIRE(y) 1=RELAXED(x)"], "1 0");
                data.Add(engine, "store buffering", ["x=SEQ_CST 0=SEQ_CST(y)", "y=SEQ_CST 1=SEQ_CST(x)"], "0 0");
                data.Add(engine, "store buffering by fences", ["x=RELAXED SEQ_CST! 0=RELAXED(y)", "y=RELAXED SEQ_CST! 1=RELAXED(x)"], "0 0");
                data.Add(engine, "store buffering by read-modify-write", ["x+SEQ_CST 0=SEQ_CST(y)", "y+SEQ_CST 1=SEQ_CST(x)"], "0 0");
                data.Add(engine, "load buffering", ["0=ACQUIRE(x) y=RELEASE", "1=ACQUIRE(y) x=RELEASE"], "1 1");
                data.Add(engine, "coherence of reads", ["x=RELAXED", "0=RELAXED(x) 1=RELAXED(x)"], "1 0");
                data.Add(engine, "independent reads of independent writes",
                    ["x=SEQ_CST", "y=SEQ_CST", "0=SEQ_CST(x) 1=SEQ_CST(y)", "2=SEQ_CST(y) 3=SEQ_CST(x)"], "1 0 1 0");
                data.Add(engine, "write to read causality", ["x=RELAXED", "0=ACQUIRE(x) y=RELEASE", "1=ACQUIRE(y) 2=RELAXED(x)"], "1 1 0");
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public void Forbidden_outcomes_are_not_seen(EngineKind engine, string name, string[] threads, string forbidden)
    {
        int effort = ThreadProgramTests.Effort, rounds = (engine == EngineKind.Jit ? 400_000 : 4_000) * effort;
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        vm.LoadText(Program(threads));
        using MuContext context = vm.NewContext();
        MuValue state = context.Call((Function)vm.Find("make"), context.FromInt64(rounds))[0];
        for (int i = 0; i < threads.Length; i++) context.NewThread(context.NewStack(context.FromFunction((Function)vm.Find($"thread{i}"))), null, state, context.FromInt64(rounds));
        Assert.True(vm.WaitForThreads(TimeSpan.FromSeconds(60 * effort)), $"{name}: a thread hangs");
        Assert.Equal(0, Count(vm, context, state, rounds, forbidden));
    }

    [Fact]
    public void Locations_are_raced_for()
    {
        const int rounds = 40_000;
        using var vm = new MuVM();
        vm.LoadText(Program(["x=RELAXED y=RELEASE", "0=ACQUIRE(y) 1=RELAXED(x)"]));
        using MuContext context = vm.NewContext();
        MuValue state = context.Call((Function)vm.Find("make"), context.FromInt64(rounds))[0];
        for (int i = 0; i < 2; i++) context.NewThread(context.NewStack(context.FromFunction((Function)vm.Find($"thread{i}"))), null, state, context.FromInt64(rounds));
        Assert.True(vm.WaitForThreads(TimeSpan.FromSeconds(60)));
        // Every round has one of the three outcomes that are allowed: the counting counts.
        Assert.Equal(rounds, Count(vm, context, state, rounds, "0 0") + Count(vm, context, state, rounds, "0 1") + Count(vm, context, state, rounds, "1 1"));
    }

    /// <summary>Number of rounds with an outcome.</summary>
    private static long Count(MuVM vm, MuContext context, MuValue state, int rounds, string outcome)
    {
        long code = 0, mask = 0;
        foreach ((int place, string value) in outcome.Split(' ').Index())
        {
            mask |= 1L << place;
            if (value == "1") code |= 1L << place;
        }
        return context.ToInt64(context.Call((Function)vm.Find("count"), state, context.FromInt64(rounds), context.FromInt64(code), context.FromInt64(mask))[0]);
    }

    private static string Program(string[] threads)
    {
        var text = new StringBuilder(Frame);
        for (int i = 0; i < threads.Length; i++)
        {
            text.Append($$"""
                .funcdef @thread{{i}} VERSION %v1 <@run> {
                  %entry(<@shared> %s <@i64> %n):
                    BRANCH %next(%s %n @0)
                  %next(<@shared> %s <@i64> %n <@i64> %i):
                    %x = CALL <@at_sig> @at (%s @0 %i)
                    %y = CALL <@at_sig> @at (%s @1 %i)
                    %r0 = CALL <@at_sig> @at (%s @2 %i)
                    %r1 = CALL <@at_sig> @at (%s @3 %i)
                    %r2 = CALL <@at_sig> @at (%s @4 %i)
                    %r3 = CALL <@at_sig> @at (%s @5 %i)
                    %bits = AND <@i64> %i @31
                    %meet = EQ <@i64> %bits @0
                    BRANCH2 %meet %together(%s %n %i %x %y %r0 %r1 %r2 %r3) %go(%s %n %i %x %y %r0 %r1 %r2 %r3)
                  %together(<@shared> %s <@i64> %n <@i64> %i <iref<@i64>> %x <iref<@i64>> %y <iref<@i64>> %r0 <iref<@i64>> %r1 <iref<@i64>> %r2 <iref<@i64>> %r3):
                    CALL <@meet_sig> @meet (%s @threads)
                    BRANCH %go(%s %n %i %x %y %r0 %r1 %r2 %r3)
                  %go(<@shared> %s <@i64> %n <@i64> %i <iref<@i64>> %x <iref<@i64>> %y <iref<@i64>> %r0 <iref<@i64>> %r1 <iref<@i64>> %r2 <iref<@i64>> %r3):
                {{Accesses(threads[i])}}
                    %j = ADD <@i64> %i @1
                    %end = EQ <@i64> %j %n
                    BRANCH2 %end %done() %next(%s %n %j)
                  %done():
                    RET ()
                }

                """);
        }
        return text.ToString() + $".const @threads <@i64> = {threads.Length}\n";
    }

    /// <summary>x=ORDER stores 1; x+ORDER adds 1; 0=ORDER(x) loads into register 0; 0+ORDER(x) adds 0 and takes what was there; ORDER! is a fence.</summary>
    private static string Accesses(string accesses)
    {
        var text = new StringBuilder();
        int number = 0;
        foreach (string access in accesses.Split(' '))
        {
            char target = access[0];
            bool modifies = access[1] == '+';
            string order = access[2..].Split('(')[0];
            if (access.EndsWith('!'))
            {
                text.AppendLine($"    FENCE {access[..^1]}");
            }
            else if (char.IsAsciiDigit(target))
            {
                char location = access[^2];
                text.AppendLine(modifies ? $"    %v{number} = ATOMICRMW {order} ADD <@i64> %{location} @0" : $"    %v{number} = LOAD {order} <@i64> %{location}");
                text.AppendLine($"    STORE <@i64> %r{target} %v{number}");
            }
            else
            {
                text.AppendLine(modifies ? $"    %v{number} = ATOMICRMW {order} ADD <@i64> %{target} @1" : $"    STORE {order} <@i64> %{target} @1");
            }
            number++;
        }
        return text.ToString();
    }

    private const string Frame = """
        .typedef @i32 = int<32>
        .typedef @i64 = int<64>
        // All locations of one round: x and y with 64 bytes between them, and four registers.
        .typedef @round = struct<@i64 @pad @i64 @pad @i64 @i64 @i64 @i64>
        .typedef @pad = array<@i64 7>
        .typedef @rounds = hybrid<@i64 @round>
        .typedef @shared = ref<@rounds>
        .funcsig @run = (@shared @i64) -> ()
        .funcsig @at_sig = (@shared @i64 @i64) -> (iref<@i64>)
        .funcsig @meet_sig = (@shared @i64) -> ()
        .funcsig @yield_sig = () -> (@i32)
        .const @yield <ufuncptr<@yield_sig>> = EXTERN "sched_yield"
        .const @0 <@i64> = 0
        .const @1 <@i64> = 1
        .const @2 <@i64> = 2
        .const @3 <@i64> = 3
        .const @4 <@i64> = 4
        .const @5 <@i64> = 5
        .const @31 <@i64> = 31
        .const @patience <@i64> = 2000

        .funcdef @make VERSION %v1 <(@i64) -> (@shared)> {
          %entry(<@i64> %n):
            %s = NEWHYBRID <@rounds @i64> %n
            RET %s
        }
        .funcdef @at VERSION %v1 <@at_sig> {
          %entry(<@shared> %s <@i64> %what <@i64> %i):
            %p = GETIREF <@rounds> %s
            %v = GETVARPARTIREF <@rounds> %p
            %r = SHIFTIREF <@round @i64> %v %i
            SWITCH <@i64> %what %x(%r) { @1 %y(%r) @2 %r0(%r) @3 %r1(%r) @4 %r2(%r) @5 %r3(%r) }
          %x(<iref<@round>> %r):
            %a = GETFIELDIREF <@round 0> %r
            RET %a
          %y(<iref<@round>> %r):
            %a = GETFIELDIREF <@round 2> %r
            RET %a
          %r0(<iref<@round>> %r):
            %a = GETFIELDIREF <@round 4> %r
            RET %a
          %r1(<iref<@round>> %r):
            %a = GETFIELDIREF <@round 5> %r
            RET %a
          %r2(<iref<@round>> %r):
            %a = GETFIELDIREF <@round 6> %r
            RET %a
          %r3(<iref<@round>> %r):
            %a = GETFIELDIREF <@round 7> %r
            RET %a
        }
        // Waits until all threads have come so far.
        .funcdef @meet VERSION %v1 <@meet_sig> {
          %entry(<@shared> %s <@i64> %threads):
            %p = GETIREF <@rounds> %s
            %c = GETFIELDIREF <@rounds 0> %p
            %old = ATOMICRMW ACQ_REL ADD <@i64> %c @1
            %full = UDIV <@i64> %old %threads
            %next = ADD <@i64> %full @1
            %goal = MUL <@i64> %next %threads
            BRANCH %look(%c %goal @patience)
          %look(<iref<@i64>> %c <@i64> %goal <@i64> %left):
            %now = LOAD ACQUIRE <@i64> %c
            %enough = UGE <@i64> %now %goal
            BRANCH2 %enough %done() %spin(%c %goal %left)
          %spin(<iref<@i64>> %c <@i64> %goal <@i64> %left):
            %less = SUB <@i64> %left @1
            %out = EQ <@i64> %less @0
            BRANCH2 %out %wait(%c %goal) %look(%c %goal %less)
          %wait(<iref<@i64>> %c <@i64> %goal):
            %r = CCALL #DEFAULT <ufuncptr<@yield_sig> @yield_sig> @yield ()
            BRANCH %look(%c %goal @patience)
          %done():
            RET ()
        }
        // Number of rounds whose registers, as bits of a number, give a code under a mask.
        .funcdef @count VERSION %v1 <(@shared @i64 @i64 @i64) -> (@i64)> {
          %entry(<@shared> %s <@i64> %n <@i64> %code <@i64> %mask):
            BRANCH %next(%s %n %code %mask @0 @0)
          %next(<@shared> %s <@i64> %n <@i64> %code <@i64> %mask <@i64> %i <@i64> %found):
            %a = CALL <@at_sig> @at (%s @2 %i)
            %b = CALL <@at_sig> @at (%s @3 %i)
            %c = CALL <@at_sig> @at (%s @4 %i)
            %d = CALL <@at_sig> @at (%s @5 %i)
            %x = LOAD <@i64> %a
            %y = LOAD <@i64> %b
            %z = LOAD <@i64> %c
            %w = LOAD <@i64> %d
            %y1 = SHL <@i64> %y @1
            %z1 = SHL <@i64> %z @2
            %w1 = SHL <@i64> %w @3
            %xy = OR <@i64> %x %y1
            %zw = OR <@i64> %z1 %w1
            %all = OR <@i64> %xy %zw
            %these = AND <@i64> %all %mask
            %is = EQ <@i64> %these %code
            %one = ZEXT <int<1> @i64> %is
            %total = ADD <@i64> %found %one
            %j = ADD <@i64> %i @1
            %end = EQ <@i64> %j %n
            BRANCH2 %end %done(%total) %next(%s %n %code %mask %j %total)
          %done(<@i64> %total):
            RET %total
        }

        """;
}
