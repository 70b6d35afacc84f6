using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Api;

/// <summary>On-stack replacement: a loop that runs goes on in another version of its function, and comes back. (Compare Wang, Blackburn, Hosking and Norrish, "Hop, Skip, and Jump", VEE 2018.)</summary>
public sealed class ReplacementTests
{
    /// <summary>
    /// Sums the numbers of 1 to n in a cell in two ways, which differ in how often they ask to be replaced and in what they leave behind in the cell: each round adds the version's weight there.
    /// The second half of a function is its continuation: a loop that begins anywhere.
    /// </summary>
    private const string Program = """
        .typedef @i64 = int<64>
        .typedef @cell = struct<@i64 @i64>
        .typedef @c = ref<@cell>
        .funcsig @whole = (@i64 @c) -> (@i64)
        .funcsig @rest = (@i64 @i64 @i64 @c) -> (@i64)
        .const @0 <@i64> = 0
        .const @1 <@i64> = 1
        .const @1000 <@i64> = 1000
        .const @mask <@i64> = 255
        .funcdef @sum VERSION %first <@whole> {
          %entry(<@i64> %n <@c> %c):
            BRANCH %loop(%n @0 @0 %c)
          %loop(<@i64> %n <@i64> %i <@i64> %s <@c> %c):
            %o = GETIREF <@cell> %c
            %w = GETFIELDIREF <@cell 0> %o
            %x = LOAD <@i64> %w
            %y = ADD <@i64> %x @1
            STORE <@i64> %w %y
            %k = ADD <@i64> %i @1
            %t = ADD <@i64> %s %k
            WPBRANCH 1 %next(%n %k %t %c) %leave(%n %k %t %c)
          %leave(<@i64> %n <@i64> %k <@i64> %t <@c> %c):
            [%slow] TRAP <> EXC(%next(%n %k %t %c) %failed()) KEEPALIVE(%n %k %t %c)
          %next(<@i64> %n <@i64> %k <@i64> %t <@c> %c):
            %more = SLT <@i64> %k %n
            BRANCH2 %more %loop(%n %k %t %c) %done(%t)
          %done(<@i64> %t): RET %t
          %failed() [%e]: THROW %e
        }
        .funcdef @main VERSION %v1 <@whole> {
          %entry(<@i64> %n <@c> %c):
            %r = CALL <@whole> @sum (%n %c)
            RET %r
        }
        """;

    /// <summary>What a client's compiler would make when the loop is hot: the function anew, and the way into its loop.</summary>
    private const string Faster = """
        .funcdef @sum VERSION %second <@whole> {
          %entry(<@i64> %n <@c> %c):
            %r = CALL <@rest> @onward (%n @0 @0 %c)
            RET %r
        }
        .funcdef @onward VERSION %v1 <@rest> {
          %entry(<@i64> %n <@i64> %i <@i64> %s <@c> %c):
            BRANCH %loop(%n %i %s %c)
          %loop(<@i64> %n <@i64> %i <@i64> %s <@c> %c):
            %o = GETIREF <@cell> %c
            %w = GETFIELDIREF <@cell 1> %o
            %x = LOAD <@i64> %w
            %y = ADD <@i64> %x @1000
            STORE <@i64> %w %y
            %k = ADD <@i64> %i @1
            %t = ADD <@i64> %s %k
            %low = AND <@i64> %k @mask
            %stop = EQ <@i64> %low @0
            BRANCH2 %stop %leave(%n %k %t %c) %next(%n %k %t %c)
          %leave(<@i64> %n <@i64> %k <@i64> %t <@c> %c):
            [%back] TRAP <> KEEPALIVE(%n %k %t %c)
            BRANCH %next(%n %k %t %c)
          %next(<@i64> %n <@i64> %k <@i64> %t <@c> %c):
            %more = SLT <@i64> %k %n
            BRANCH2 %more %loop(%n %k %t %c) %done(%t)
          %done(<@i64> %t): RET %t
        }
        """;

    /// <summary>The way back into the first version's loop.</summary>
    private const string Slower = """
        .funcdef @resume VERSION %v1 <@rest> {
          %entry(<@i64> %n <@i64> %i <@i64> %s <@c> %c):
            BRANCH %loop(%n %i %s %c)
          %loop(<@i64> %n <@i64> %i <@i64> %s <@c> %c):
            %o = GETIREF <@cell> %c
            %w = GETFIELDIREF <@cell 0> %o
            %x = LOAD <@i64> %w
            %y = ADD <@i64> %x @1
            STORE <@i64> %w %y
            %k = ADD <@i64> %i @1
            %t = ADD <@i64> %s %k
            %more = SLT <@i64> %k %n
            BRANCH2 %more %loop(%n %k %t %c) %done(%t)
          %done(<@i64> %t): RET %t
        }
        """;

    public static TheoryData<EngineKind, bool> Cases => new() { { EngineKind.Interpreter, false }, { EngineKind.Interpreter, true }, { EngineKind.Jit, false }, { EngineKind.Jit, true } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_loop_goes_on_in_a_new_version_half_way_and_comes_back(EngineKind engine, bool stress)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine, CollectorStress = stress, MaxHeap = 64 << 20 });
        vm.LoadText(Program);
        using MuContext context = vm.NewContext();
        MuValue cell = context.NewFixed((StructType)vm.Find("cell"));
        var places = new List<string>();
        vm.TrapHandler = trap =>
        {
            MuContext c = trap.Context;
            places.Add(trap.Instruction!.Name!);
            MuValue[] state = trap.KeepAlives();
            bool isFirst = trap.Function.Name == "sum";
            if (isFirst)
            {
                Assert.Equal("sum.first", trap.Version!.Name);
                Assert.Equal(1, c.ToInt64(state[1]));
                vm.LoadText(Faster);
            }
            else
            {
                Assert.Equal(256, c.ToInt64(state[1]));
                vm.LoadText(Slower);
            }

            using FrameCursor cursor = trap.NewCursor();
            cursor.NextFrame();
            c.PopFramesTo(cursor);
            c.PushFrame(trap.Stack, c.FromFunction((Function)vm.Find(isFirst ? "onward" : "resume")));
            return TrapResult.PassValues(state);
        };
        vm.EnableWatchpoint(1);
        Assert.Equal(1000 * 1001 / 2, context.ToInt64(context.Call((Function)vm.Find("main"), context.FromInt64(1000), cell)[0]));
        Assert.Equal(["sum.first.leave.slow", "onward.v1.leave.back"], places);
        // One round before the first replacement and 744 behind the second were the first version's, the 255 between them the second's.
        Assert.Equal((745L, 255_000L), (Field(0), Field(1)));

        long Field(int index) => context.ToInt64(context.Load(context.GetFieldIRef(context.GetIRef(cell), index)));

        // Later calls begin in the new version.
        vm.DisableWatchpoint(1);
        vm.TrapHandler = _ => TrapResult.PassValues([]);
        Assert.Equal(5050, context.ToInt64(context.Call((Function)vm.Find("main"), context.FromInt64(100), cell)[0]));
        Assert.Equal((745L, 355_000L), (Field(0), Field(1)));
    }

    /// <summary>The caller's frame stays, and gets the new frame's result; its next call begins in the new version.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_replaced_loop_has_callers_that_know_nothing_of_it(EngineKind engine, bool stress)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine, CollectorStress = stress, MaxHeap = 64 << 20 });
        vm.LoadText(Program);
        vm.LoadText("""
            .funcdef @twice VERSION %v1 <@whole> {
              %entry(<@i64> %n <@c> %c):
                %a = CALL <@whole> @sum (%n %c)
                %b = CALL <@whole> @sum (%n %c)
                %r = SUB <@i64> %a %b
                RET %r
            }
            """);
        using MuContext context = vm.NewContext();
        MuValue cell = context.NewFixed((StructType)vm.Find("cell"));
        int traps = 0;
        vm.TrapHandler = trap =>
        {
            if (traps++ == 0) vm.LoadText(Faster);
            if (trap.Function.Name != "sum") return TrapResult.PassValues([]);
            MuValue[] state = trap.KeepAlives();
            using FrameCursor cursor = trap.NewCursor();
            cursor.NextFrame();
            Assert.Equal("twice", cursor.Function.Name);
            trap.Context.PopFramesTo(cursor);
            trap.Context.PushFrame(trap.Stack, trap.Context.FromFunction((Function)vm.Find("onward")));
            return TrapResult.PassValues(state);
        };
        vm.EnableWatchpoint(1);
        Assert.Equal(0, context.ToInt64(context.Call((Function)vm.Find("twice"), context.FromInt64(600), cell)[0]));
        Assert.Equal(1 + 2 + 2, traps);
    }
}
