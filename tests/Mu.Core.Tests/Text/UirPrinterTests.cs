using Mu.Core.IR;
using Mu.Core.Text;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Text;

public class UirPrinterTests
{
    public static TheoryData<string> Programs => [.. ProgramFiles.Names];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Programs_come_back_from_their_text(string name)
    {
        Bundle program = UirReader.Read(ProgramFiles.Read(name), name);
        string text = UirPrinter.Print(program);
        Bundle again = UirReader.Read(text, "printed " + name);
        Assert.Null(BundleEquality.Difference(program, again));
        Assert.Null(BundleEquality.Difference(again, program));
        Assert.Equal(text, UirPrinter.Print(again));
    }

    [Fact]
    public void Text_has_one_form()
    {
        Bundle bundle = UirReader.Read("""
            .funcdef @f VERSION %v1 <(int<64>) -> (int<64>)> { %e(<int<64>> %a): (%s %c) = [%here 7] ADD [#C] <int<64>> %a @K
              BRANCH2 %c %e(%s) %x(%s)  %x(<int<64>> %a) [%exc] COLD: RET %a }
            .const @K <int<64>> = 0x10
            """, "f.uir");
        Assert.Equal("""
            .const @K <int<64>> = 16

            .funcdef @f VERSION %v1 <(int<64>) -> (int<64>)> {
              %e(<int<64>> %a):
                (%s %c) = [%here 7] ADD [#C] <int<64>> %a @K
                BRANCH2 %c %e(%s) %x(%s)
              %x(<int<64>> %a) [%exc] COLD:
                RET (%a)
            }

            """, UirPrinter.Print(bundle));
    }

    [Fact]
    public void Anonymous_entities_get_names_that_nothing_else_has()
    {
        var bundle = new Bundle();
        var list = new StructType();
        var next = new ReferenceType(TypeKind.Ref, list);
        list.SetFields(IntType.I64, next);
        bundle.AddGlobal(null, next);
        bundle.AddGlobal("cell", IntType.I8);
        Function function = bundle.AddFunction(null, new FunctionSignature([next], [next]));
        FunctionVersion version = bundle.Define(function);
        BasicBlock entry = version.AddBlock(), exit = version.AddBlock("f.v.b0");
        BlockParameter p = entry.AddParameter(next, "dup"), q = exit.AddParameter(next, "dup");
        entry.Add(new BinaryInstruction(BinaryOp.Add, IntType.I64, new IntConstant(IntType.I64, 5), new IntConstant(IntType.I64, 5))).SourceTag = 3;
        entry.Add(new BranchInstruction(new Destination(exit, p)));
        exit.Add(new ReturnInstruction(q));

        string text = UirPrinter.Print(bundle);
        Bundle again = UirReader.Read(text, "printed");

        Assert.Equal(text, UirPrinter.Print(again));
        Assert.Equal(2, again.Globals.Count);
        Assert.Equal(5UL, ((IntConstant)Assert.Single(again.Constants)).Value);
        q.Name = null;
        Assert.Null(BundleEquality.Difference(bundle, again));
    }

    [Fact]
    public void Definitions_of_earlier_bundles_are_not_repeated()
    {
        Bundle earlier = UirReader.Read(".typedef @i = int<64> .const @one <@i> = 1 .funcdef @f <() -> (@i)> { %e(): RET (@one) }", "a.uir");
        var names = new Names(earlier);
        Bundle later = UirReader.Read(".funcdef @f <() -> (@i)> { %e(): %x = ADD <@i> @one @one RET (%x) }", "b.uir", names);
        string text = UirPrinter.Print(later, names);
        Assert.DoesNotContain(".typedef", text);
        Assert.DoesNotContain(".const", text);
        Assert.Null(BundleEquality.Difference(later, UirReader.Read(text, "c.uir", names)));
        Assert.Contains(".const @one <@i> = 1", UirPrinter.Print(later));
    }

    public static TheoryData<string> Literals =>
    [
        "<double> = 0.1d", "<double> = 1.0E+300d", "<double> = -0.0d", "<double> = 5.0E-324d", "<double> = -infd", "<double> = nand", "<double> = bitsd(0x7ff0000000000001)",
        "<float> = 0.1f", "<float> = 1.0E-45f", "<float> = +inff", "<float> = nanf", "<float> = bitsf(0x7fc00001)",
        "<int<1>> = 1", "<int<8>> = -128", "<int<52>> = 0x7ffffffffffff", "<int<64>> = 0x8000000000000000", "<int<128>> = 0x123456789abcdef0123456789",
        "<tagref64> = tagref int -1", "<tagref64> = tagref double 2.5d", "<tagref64> = tagref double nand", "<tagref64> = tagref null 63",
        "<uptr<void>> = EXTERN \"malloc\"", "<stackref> = NULL", "<struct<int<8> struct<>>> = {@a @b}",
    ];

    [Theory]
    [MemberData(nameof(Literals))]
    public void Constants_come_back_from_their_text(string definition)
    {
        Bundle bundle = UirReader.Read($".const @a <int<8>> = 1 .const @b <struct<>> = {{}} .const @c {definition}", "c.uir");
        string text = UirPrinter.Print(bundle);
        Assert.Contains(".const @c " + definition, text);
        Assert.Null(BundleEquality.Difference(bundle, UirReader.Read(text, "printed")));
    }

    public static TheoryData<string, string> Different => new()
    {
        { "ADD", "SUB" }, { "%x = ADD <", "(%x %v) = ADD [#V] <" }, { "%a @one", "@one %a" }, { "COLD", "" }, { "[%here 7]", "[%here 8]" }, { "[%here 7]", "[%there 7]" },
        { "= 1", "= 2" }, { "RELAXED", "ACQUIRE" }, { "%fine(%x)", "%fine(%a)" }, { "KEEPALIVE(%x)", "" }, { "%exc]", "%other]" },
        { ".global @cell <@i>", ".global @cell <int<32>>" }, { ".const @two <@i> = 2", "" }, { "PASS_VALUES <@i> (%b)", "PASS_VALUES <> ()" },
        { "LOAD RELAXED", "LOAD PTR RELAXED" }, { "KILL_OLD", "RET_WITH <>" }, { "[%exc]", "" },
    };

    [Theory]
    [MemberData(nameof(Different))]
    public void Equality_sees_differences(string part, string other)
    {
        const string Text = """
            .typedef @i = int<64> .const @one <@i> = 1 .const @two <@i> = 2 .global @cell <@i> .funcdecl @g <(@i) -> ()>
            .funcdef @f VERSION %v <(@i) -> ()> { %e(<@i> %a): %x = ADD <@i> %a @one  %y = LOAD RELAXED <@i> @cell
              [%here 7] CALL <(@i) -> ()> @g (%x) EXC(%fine(%x) %bad(%x)) KEEPALIVE(%x)
              %bad(<@i> %b) [%exc] COLD: %s = COMMINST @uvm.current_stack  SWAPSTACK %s KILL_OLD PASS_VALUES <@i> (%b)
              %fine(<@i> %a): RET () }
            """;
        Assert.Contains(part, Text);
        Bundle a = UirReader.Read(Text, "a"), b = UirReader.Read(Text.Replace(part, other, StringComparison.Ordinal), "b");
        Assert.Null(BundleEquality.Difference(a, UirReader.Read(UirPrinter.Print(a), "again")));
        Assert.NotNull(BundleEquality.Difference(a, b));
        Assert.NotNull(BundleEquality.Difference(b, a));
    }

    private sealed class Names(Bundle bundle) : INameResolver
    {
        public Entity? Find(string name) =>
            bundle.Types.Find(t => t.Name == name) ?? bundle.Constants.Find(c => c.Name == name) ?? (Entity?)bundle.Functions.Find(f => f.Name == name);
    }
}
