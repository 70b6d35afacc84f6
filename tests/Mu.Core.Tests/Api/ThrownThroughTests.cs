using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Api;

/// <summary>The frames that an exception has gone through, when nobody catches it: the same on both engines.</summary>
public sealed class ThrownThroughTests
{
    private const string Program = """
        .typedef @i64 = int<64>
        .const @one <@i64> = 1
        .const @two <@i64> = 2
        .const @zero <@i64> = 0
        .funcdef @deep VERSION %v1 <(@i64 ref<void>) -> (@i64)> {
          %entry(<@i64> %n <ref<void>> %e):
            %isEnd = EQ <@i64> %n @zero
            BRANCH2 %isEnd %end(%e) %more(%n %e)
          %end(<ref<void>> %e):
            THROW %e
          %more(<@i64> %n <ref<void>> %e):
            %m = SUB <@i64> %n @one
            %r = CALL <(@i64 ref<void>) -> (@i64)> @deep (%m %e)
            RET %r
        }
        .funcdef @again VERSION %v1 <(@i64 ref<void>) -> (@i64)> {
          %entry(<@i64> %n <ref<void>> %e):
            %r = CALL <(@i64 ref<void>) -> (@i64)> @deep (%n %e) EXC(%ok(%r) %caught())
          %ok(<@i64> %r):
            RET %r
          %caught() [%thrown]:
            THROW %thrown
        }
        .funcdef @twice VERSION %v1 <(@i64 ref<void>) -> (@i64)> {
          %entry(<@i64> %n <ref<void>> %e):
            %r = CALL <(@i64 ref<void>) -> (@i64)> @again (%n %e) EXC(%ok(%r) %caught())
          %ok(<@i64> %r):
            RET %r
          %caught() [%thrown]:
            THROW %thrown
        }
        .funcdef @outer VERSION %v1 <(@i64 ref<void>) -> (@i64)> {
          %entry(<@i64> %n <ref<void>> %e):
            %r = CALL <(@i64 ref<void>) -> (@i64)> @twice (%n %e)
            RET %r
        }
        .funcdef @other VERSION %v1 <(@i64 ref<void>) -> (@i64)> {
          %entry(<@i64> %n <ref<void>> %e):
            %fresh = NEW <@i64>
            %first = REFCAST <ref<@i64> ref<void>> %fresh
            %r = CALL <(@i64 ref<void>) -> (@i64)> @deep (%n %first) EXC(%ok(%r) %caught(%e))
          %ok(<@i64> %r):
            RET %r
          %caught(<ref<void>> %e) [%thrown]:
            THROW %e
        }
        """;

    private static string[] Thrown(EngineKind engine, string function, long depth)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        vm.LoadText(Program);
        using MuContext context = vm.NewContext();
        MuValue exception = context.RefCast(context.NewFixed(IntType.I64), new ReferenceType(TypeKind.Ref, SimpleType.Void));
        var thrown = Assert.Throws<UncaughtMuException>(() => context.Call((Function)vm.Find(function), context.FromInt64(depth), exception));
        return [.. thrown.Frames.Select(f => f.Function.Name!)];
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void They_are_named_from_the_innermost(EngineKind engine) => Assert.Equal(["deep", "deep", "deep"], Thrown(engine, "deep", 2));

    [Theory]
    [ClassData(typeof(Engines))]
    public void Those_above_handlers_that_throw_again_are_not_lost(EngineKind engine) => Assert.Equal(["deep", "deep", "again", "twice", "outer"], Thrown(engine, "outer", 1));

    [Theory]
    [ClassData(typeof(Engines))]
    public void Another_exception_has_its_own(EngineKind engine) => Assert.Equal(["other"], Thrown(engine, "other", 3));

    [Theory]
    [ClassData(typeof(Engines))]
    public void No_more_are_kept_than_the_log_holds(EngineKind engine) => Assert.Equal(128, Thrown(engine, "deep", 1000).Length);
}
