using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Core.Verification;
using Xunit;

namespace Mu.Core.Tests.Native;

/// <summary>Composite values that C functions take and give by value, and that they pass to Mu functions.</summary>
public sealed class StructsByValueTests
{
    public static TheoryData<EngineKind, bool> EnginesAndModes => CallbackTests.EnginesAndModes;

    private const string Types = """
        .typedef @i8 = int<8> .typedef @i16 = int<16> .typedef @i32 = int<32> .typedef @i64 = int<64> .typedef @d = double .typedef @f = float .typedef @i128 = int<128>
        .typedef @two = struct<@i32 @i32> .typedef @vec = struct<@f @f @f> .typedef @cplx = array<@d 2> .typedef @mix = struct<@i64 @d>
        .typedef @tight = struct<@d @i8 @f @i16> .typedef @big = struct<array<@i64 5>> .typedef @odd = struct<array<@i8 3>> .typedef @half2 = struct<@f @i32>
        .const @i0 <@i64> = 0 .const @i1 <@i64> = 1 .const @i2 <@i64> = 2 .const @i4 <@i64> = 4

        """;

    private static MuVM? Start(EngineKind engine, bool stress, string text)
    {
        if (NativeLibraryBuilder.Path is not { } library) return null;
        var vm = new MuVM(new MuVMOptions { Engine = engine, CollectorStress = stress, MaxHeap = 64 << 20, NativeLibraries = [library] });
        vm.LoadText(Types + text, "structs.uir");
        return vm;
    }

    /// <summary>A constant of a native function, and a Mu function that calls it.</summary>
    private static string Caller(string name, string parameters, string result)
    {
        string[] types = parameters.Split(' ');
        string named = string.Join(' ', types.Select((t, i) => $"<{t}> %p{i}")), values = string.Join(' ', types.Select((_, i) => $"%p{i}"));
        return $".funcsig @{name}.sig = ({parameters}) -> ({result}) .typedef @{name}.fp = ufuncptr<@{name}.sig> .const @{name}.c <@{name}.fp> = EXTERN \"{name}\"\n"
            + $".funcdef @{name} VERSION %v <@{name}.sig> {{ %e({named}): %r = CCALL #DEFAULT <@{name}.fp @{name}.sig> @{name}.c ({values}) RET (%r) }}\n";
    }

    private static string Text(MuContext context, MuValue value) => context.TypeOf(value) switch
    {
        StructType s => "{" + string.Join(' ', s.Fields.Select((_, i) => Text(context, context.ExtractValue(value, i)))) + "}",
        SequenceType a => "{" + string.Join(' ', Enumerable.Range(0, (int)a.Length).Select(i => Text(context, context.ExtractElement(value, i)))) + "}",
        { Kind: TypeKind.Float } => context.ToFloat(value).ToString(System.Globalization.CultureInfo.InvariantCulture),
        { Kind: TypeKind.Double } => context.ToDouble(value).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => context.ToInt64(value).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>A value of a type from its scalars in order.</summary>
    private static MuValue Make(MuContext context, MuVM vm, string type, params double[] scalars)
    {
        int next = 0;
        return Make((MuType)vm.Find(type));
        MuValue Make(MuType t) => t switch
        {
            StructType s => context.FromParts(t, [.. s.Fields.Select(Make)]),
            SequenceType a => context.FromParts(t, [.. Enumerable.Range(0, (int)a.Length).Select(_ => Make(a.Element))]),
            { Kind: TypeKind.Float } => context.FromFloat((float)scalars[next++]),
            { Kind: TypeKind.Double } => context.FromDouble(scalars[next++]),
            _ => context.FromInteger(t, (long)scalars[next++]),
        };
    }

    [Theory, MemberData(nameof(EnginesAndModes))]
    public void Structs_of_every_class_go_to_C_and_come_back(EngineKind engine, bool stress)
    {
        using MuVM? vm = Start(engine, stress, Caller("swap2", "@two", "@two") + Caller("scale", "@vec @f", "@vec") + Caller("mul", "@cplx @cplx", "@cplx") + Caller("turn", "@mix", "@mix")
            + Caller("bump", "@tight", "@tight") + Caller("shift", "@big @i64", "@big") + Caller("rotate", "@odd", "@odd") + Caller("flip", "@half2", "@half2"));
        if (vm is null) return;
        using MuContext context = vm.NewContext();
        string Call(string name, params MuValue[] arguments) => Text(context, context.Call((Function)vm.Find(name), arguments)[0]);
        MuValue V(string type, params double[] scalars) => Make(context, vm, type, scalars);
        Assert.Equal("{-2 1}", Call("swap2", V("two", 1, -2)));
        Assert.Equal("{0.5 1 -1.5}", Call("scale", V("vec", 1, 2, -3), V("f", 0.5)));
        Assert.Equal("{-5 10}", Call("mul", V("cplx", 1, 2), V("cplx", 3, 4)));
        Assert.Equal("{-7 5}", Call("turn", V("mix", 5, -7.5)));
        Assert.Equal("{2.5 -4 4.25 -9}", Call("bump", V("tight", 1.5, -5, 3.25, -10)));
        Assert.Equal("{{1 12 23 34 45}}", Call("shift", V("big", 1, 2, 3, 4, 5), V("i64", 10)));
        Assert.Equal("{{2 -3 1}}", Call("rotate", V("odd", 1, 2, -3)));
        Assert.Equal("{9 -1}", Call("flip", V("half2", -1.5, 9)));
    }

    [Theory, MemberData(nameof(EnginesAndModes))]
    public void What_finds_no_registers_goes_onto_the_stack(EngineKind engine, bool stress)
    {
        using MuVM? vm = Start(engine, stress, Caller("crowd", "@i64 @i64 @i64 @i64 @i64 @mix @two @big @i64 @cplx @i64 @mix", "@i64") + Caller("twice", "@i8 @i64 @i64 @i64 @i64 @i128 @i64 @i128", "@i128"));
        if (vm is null) return;
        using MuContext context = vm.NewContext();
        MuValue V(string type, params double[] scalars) => Make(context, vm, type, scalars);
        MuValue[] crowd = [V("i64", 1), V("i64", 2), V("i64", 3), V("i64", 4), V("i64", 5), V("mix", 6, 7), V("two", 8, 9), V("big", 10, 0, 0, 0, 11), V("i64", 12), V("cplx", 13, 14), V("i64", 15), V("mix", 16, 17)];
        Assert.Equal(Enumerable.Range(1, 17).Sum(n => n * n), context.ToInt64(context.Call((Function)vm.Find("crowd"), crowd)[0]));
        MuValue Wide(UInt128 value) => context.FromWideInteger((MuType)vm.Find("i128"), value);
        UInt128 x = new(3, 4), y = new(ulong.MaxValue, 5);
        MuValue[] words = context.Call((Function)vm.Find("twice"), V("i8", 1), V("i64", 2), V("i64", 3), V("i64", 4), V("i64", 5), Wide(x), V("i64", 6), Wide(y));
        Assert.Equal(x * 2 + y + 21, context.ToUInt128(words[0]));
    }

    /// <summary>A result in memory, in a loop, and a callee that throws through it.</summary>
    [Theory, MemberData(nameof(EnginesAndModes))]
    public void Large_results_in_loops_are_each_their_own(EngineKind engine, bool stress)
    {
        using MuVM? vm = Start(engine, stress, Caller("shift", "@big @i64", "@big") + """
            .funcdef @loop VERSION %v <(@big @i64) -> (@big)> {
              %e(<@big> %b <@i64> %n): BRANCH %again(%b %n)
              %again(<@big> %b <@i64> %n):
                %c = CCALL #DEFAULT <@shift.fp @shift.sig> @shift.c (%b @i1)
                %o = NEW <@big>
                %d = CCALL #DEFAULT <@shift.fp @shift.sig> @shift.c (%c @i2) EXC(%on(%d %n) %never())
              %on(<@big> %d <@i64> %n):
                %m = SUB <@i64> %n @i1
                %more = NE <@i64> %m @i0
                BRANCH2 %more %again(%d %m) %done(%d)
              %never() [%x]: THROW %x
              %done(<@big> %b): RET (%b)
            }
            """);
        if (vm is null) return;
        using MuContext context = vm.NewContext();
        MuValue result = context.Call((Function)vm.Find("loop"), Make(context, vm, "big", 0, 1, 2, 3, 4), context.FromInt64(10))[0];
        Assert.Equal("{{0 31 62 93 124}}", Text(context, result));
    }

    [Theory, MemberData(nameof(EnginesAndModes))]
    public void Mu_functions_take_and_give_structs_by_value(EngineKind engine, bool stress)
    {
        using MuVM? vm = Start(engine, stress, """
            .funcsig @bigs.sig = (@big @mix @vec @two) -> (@big) .typedef @bigs = ufuncptr<@bigs.sig>
            .funcsig @vecs.sig = (@vec @half2) -> (@vec) .typedef @vecs = ufuncptr<@vecs.sig>
            .funcsig @mixes.sig = (@cplx @tight) -> (@mix) .typedef @mixes = ufuncptr<@mixes.sig>
            .expose @on_big = @f_big #DEFAULT @i1  .expose @on_vec = @f_vec #DEFAULT @i1  .expose @on_mix = @f_mix #DEFAULT @i1
            .funcdef @f_big VERSION %v <@bigs.sig> {
              %e(<@big> %b <@mix> %m <@vec> %v <@two> %t):
                %garbage = NEW <@big>
                %a = EXTRACTVALUE <@big 0> %b
                %first = EXTRACTELEMENT <array<@i64 5> @i64> %a @i0
                %n = EXTRACTVALUE <@mix 0> %m
                %t1 = EXTRACTVALUE <@two 1> %t
                %w = SEXT <@i32 @i64> %t1
                %z = EXTRACTVALUE <@vec 2> %v
                %zi = FPTOSI <@f @i64> %z
                %s1 = ADD <@i64> %first %n
                %s2 = ADD <@i64> %w %zi
                %a1 = INSERTELEMENT <array<@i64 5> @i64> %a @i0 %s1
                %a2 = INSERTELEMENT <array<@i64 5> @i64> %a1 @i4 %s2
                %r = INSERTVALUE <@big 0> %b %a2
                RET (%r)
            }
            .funcdef @f_vec VERSION %v <@vecs.sig> {
              %e(<@vec> %v <@half2> %h):
                %x = EXTRACTVALUE <@vec 0> %v  %z = EXTRACTVALUE <@vec 2> %v  %f = EXTRACTVALUE <@half2 0> %h  %i = EXTRACTVALUE <@half2 1> %h
                %g = SITOFP <@i32 @f> %i
                %nx = FADD <@f> %z %f
                %nz = FADD <@f> %x %g
                %v1 = INSERTVALUE <@vec 0> %v %nx
                %v2 = INSERTVALUE <@vec 2> %v1 %nz
                RET (%v2)
            }
            .funcdef @f_mix VERSION %v <@mixes.sig> {
              %e(<@cplx> %c <@tight> %t):
                %im = EXTRACTELEMENT <@cplx @i64> %c @i1
                %s = EXTRACTVALUE <@tight 3> %t  %f = EXTRACTVALUE <@tight 2> %t
                %n = SEXT <@i16 @i64> %s
                %g = FPEXT <@f @d> %f
                %d = FADD <@d> %im %g
                %zero = FPTOSI <@d @i64> %im
                %fresh = NEW <@mix>
                %i = GETIREF <@mix> %fresh
                %m = LOAD <@mix> %i
                %m1 = INSERTVALUE <@mix 0> %m %n
                %m2 = INSERTVALUE <@mix 1> %m1 %d
                RET (%m2)
            }
            """ + Caller("through_big", "@bigs @i64", "@i64") + Caller("through_vec", "@vecs", "@d") + Caller("through_mix", "@mixes", "@d"));
        if (vm is null) return;
        using MuContext context = vm.NewContext();
        MuValue Call(string name, params MuValue[] arguments) => context.Call((Function)vm.Find(name), arguments)[0];
        Assert.Equal((100 + 10) * 1000 + 8 + 3, context.ToInt64(Call("through_big", context.FromId(vm.IdOf("on_big")), context.FromInt64(100))));
        Assert.Equal(3.5 * 100 + 20 + 5, context.ToDouble(Call("through_vec", context.FromId(vm.IdOf("on_vec")))));
        Assert.Equal(7 * 1000 + 3 + 6, context.ToDouble(Call("through_mix", context.FromId(vm.IdOf("on_mix")))));
        MuValue exposed = context.Expose(context.FromFunction((Function)vm.Find("f_vec")), 1);
        Assert.Equal(3.5 * 100 + 20 + 5, context.ToDouble(Call("through_vec", exposed)));
    }

    [Theory]
    [InlineData("vector<float 4>", "a vector passed to or from a native function by value is not supported yet")]
    [InlineData("struct<int<8> vector<int<32> 4>>", "a vector passed to or from a native function by value is not supported yet")]
    [InlineData("struct<array<int<64> 1024> int<8>>", "parameters of 1025 words: not more than 1024 are supported")]
    [InlineData("struct<int<8> ref<void>>", "not native-safe")]
    public void What_no_register_or_stack_takes_is_refused(string type, string reason)
    {
        using var vm = new MuVM();
        var failure = Assert.Throws<MalformedBundleException>(() => vm.LoadText($$"""
            .typedef @t = {{type}} .funcsig @s = (@t) -> () .typedef @fp = ufuncptr<@s>
            .funcdef @f VERSION %v <(@t @fp) -> ()> { %e(<@t> %x <@fp> %p): CCALL #DEFAULT <@fp @s> %p (%x) RET () }
            """));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }
}
