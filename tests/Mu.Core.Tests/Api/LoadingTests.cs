using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Core.Verification;
using Xunit;

namespace Mu.Core.Tests.Api;

public sealed class LoadingTests
{
    private const string Adder = """
        .typedef @i64 = int<64>
        .const @one <@i64> = 1
        .funcdecl @next <(@i64) -> (@i64)>
        .funcdef @next VERSION %v1 <(@i64) -> (@i64)> {
          %entry(<@i64> %n):
            %m = ADD <@i64> %n @one
            RET %m
        }
        """;

    [Fact]
    public void Text_is_loaded_and_runs()
    {
        using var vm = new MuVM();
        using MuContext context = vm.NewContext();
        vm.LoadText(Adder);
        Assert.Equal(42UL, context.ToUInt64(context.Call((Function)vm.Find("next"), context.FromInteger(IntType.I64, 41))[0]));
    }

    [Theory]
    [InlineData("i64")]
    [InlineData("one")]
    [InlineData("next")]
    [InlineData("next.v1")]
    [InlineData("next.v1.entry")]
    [InlineData("next.v1.entry.n")]
    [InlineData("next.v1.entry.m")]
    public void Everything_named_has_an_id_and_is_found_by_it(string name)
    {
        using var vm = new MuVM();
        vm.LoadText(Adder);
        int id = vm.IdOf(name);
        Assert.NotEqual(0, id);
        Assert.Equal(name, vm.NameOf(id));
    }

    [Fact]
    public void Entities_without_name_have_ids()
    {
        using var vm = new MuVM();
        Bundle bundle = vm.LoadText(Adder);
        Instruction add = bundle.Versions[0].Blocks[0].Instructions[0];
        Assert.Same(add, vm.Find(add.Id));
        Assert.Null(vm.NameOf(add.Id));
    }

    [Fact]
    public void Unknown_names_and_ids_are_refused()
    {
        using var vm = new MuVM();
        vm.LoadText(Adder);
        Assert.Throws<KeyNotFoundException>(() => vm.IdOf("next.v1.entry.x"));
        Assert.Throws<KeyNotFoundException>(() => vm.NameOf(int.MaxValue));
    }

    [Fact]
    public void A_bundle_refers_to_what_is_loaded()
    {
        using var vm = new MuVM();
        using MuContext context = vm.NewContext();
        vm.LoadText(Adder);
        vm.LoadText("""
            .funcdef @twice VERSION %v1 <(@i64) -> (@i64)> {
              %entry(<@i64> %n):
                %a = CALL <(@i64) -> (@i64)> @next (%n)
                %b = CALL <(@i64) -> (@i64)> @next (%a)
                RET %b
            }
            """);
        Assert.Equal(7UL, context.ToUInt64(context.Call((Function)vm.Find("twice"), context.FromInteger(IntType.I64, 5))[0]));
    }

    public static TheoryData<string, Type> Broken => new()
    {
        { ".const @e <uptr<void>> = EXTERN \"mu_no_such_symbol\"", typeof(EntryPointNotFoundException) },
        { ".global @g2 <hybrid<int<64> int<8>>>", typeof(MalformedBundleException) },
        { ".funcdef @bad VERSION %v <() -> (int<64>)> { %entry(): RET }", typeof(MalformedBundleException) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Nothing_is_visible_of_a_bundle_that_is_refused(string broken, Type failure)
    {
        using var vm = new MuVM();
        string text = $$"""
            .global @g <int<64>>
            .const @cookie <int<64>> = 7
            .funcdecl @fine <() -> ()>
            .funcdef @fine VERSION %v1 <() -> ()> {
              %entry():
                RET
            }
            {{broken}}
            """;
        Exception thrown = Assert.Throws(failure, () => vm.LoadText(text));
        Assert.Contains(broken.Contains("EXTERN", StringComparison.Ordinal) ? "mu_no_such_symbol" : "", thrown.Message, StringComparison.Ordinal);
        foreach (string name in (string[])["g", "fine", "fine.v1", "cookie"]) Assert.Throws<KeyNotFoundException>(() => vm.Find(name));
        vm.LoadText(text.Replace(broken, "", StringComparison.Ordinal));
        Assert.NotNull(vm.Find("fine.v1"));
    }

    [Fact]
    public void Extern_constants_are_native_symbols()
    {
        using var vm = new MuVM();
        using MuContext context = vm.NewContext();
        vm.LoadText("""
            .typedef @i32 = int<32>
            .funcsig @s = (@i32) -> (@i32)
            .const @abs <ufuncptr<@s>> = EXTERN "abs"
            .funcdef @f VERSION %v1 <@s> {
              %entry(<@i32> %n):
                %a = CCALL #DEFAULT <ufuncptr<@s> @s> @abs (%n)
                RET %a
            }
            """);
        Assert.Equal(5UL, context.ToUInt64(context.Call((Function)vm.Find("f"), context.FromInteger(IntType.I32, unchecked((ulong)-5)))[0]));
    }

    [Fact]
    public void A_registered_symbol_hides_others()
    {
        using var vm = new MuVM();
        vm.RegisterSymbol("abs", 0x1234);
        Assert.Throws<ArgumentException>(() => vm.RegisterSymbol("abs", 1));
        var bundle = new Bundle();
        ExternConstant constant = bundle.AddConstant(new ExternConstant(new ReferenceType(TypeKind.UPtr, SimpleType.Void), "abs"), "p");
        vm.Load(bundle);
        Assert.Equal(0x1234UL, vm.Machine.Addresses.Of(constant));
    }
}
