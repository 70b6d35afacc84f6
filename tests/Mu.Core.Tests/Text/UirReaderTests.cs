using Mu.Core.IR;
using Mu.Core.Text;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Text;

public class UirReaderTests
{
    private const string Fragment = """
        .typedef @i64 = int<64>  .typedef @tr = tagref64
        .const @K <@i64> = -0x10  .const @T <@tr> = tagref int 5
        .const @P <struct<@i64 @i64>> = {@LATER @K}  .const @LATER <@i64> = 017
        .global @cell <@i64>
        .funcdecl @g <(@i64) -> (@i64 @i64)>
        .funcdef @f VERSION %v1 <(@i64) -> (stackref)> {
          %entry(<@i64> %a):
            (%q %r) = CALL <(@i64) -> (@i64 @i64)> @g (%a) EXC(%fine(%q) %bad(%a))
          %fine(<@i64> %q):
            %w = [%wp] WATCHPOINT 7 <@i64> %off(%q) %off(%w) KEEPALIVE(%q)
          %off(<@i64> %q):
            (%old %ok) = CMPXCHG WEAK SEQ_CST RELAXED <@i64> @cell %q @K
            %was = ATOMICRMW ACQ_REL ADD <@i64> @cell %q
            %t = COMMINST @uvm.tr64.is_int (@T)
            %s = COMMINST @uvm.new_stack <[(@i64) -> (stackref)]> (@f)
            %v = SWAPSTACK %s RET_WITH <stackref> PASS_VALUES <@i64> (%q)
            SWITCH <@i64> %q %end(%v) { @K %end(%s) @LATER %end(%v) }
          %end(<stackref> %v): RET %v
          %bad(<@i64> %a) [%exc] COLD: THROW %exc
        }
        """;

    [Fact]
    public void Forms_are_read_into_the_object_model()
    {
        Bundle bundle = UirReader.Read(Fragment, "f.uir");
        FunctionVersion version = Assert.Single(bundle.Versions);
        Assert.Equal(5, version.Blocks.Count);
        Assert.Equal(["g", "f"], bundle.Functions.Select(f => f.Name));
        Assert.Same(version.Blocks[0].Instructions[0].Results[0], version.Blocks[0].Instructions[0].Destinations[0].Arguments[0]);
        Assert.Equal("f.v1.entry.q", version.Blocks[0].Instructions[0].Results[0].Name);
        Assert.True(version.Blocks[4].IsCold);
        Assert.NotNull(version.Blocks[4].ExceptionParameter);
        var pair = (CompositeConstant)bundle.Constants.Single(c => c.Name == "P");
        Assert.Equal(15UL, ((IntConstant)pair.Elements[0]).Value);
        Assert.Equal(unchecked((ulong)-16), ((IntConstant)pair.Elements[1]).Value);
        Assert.Equal(TagRef64.FromInt(5), ((TagRefConstant)bundle.Constants.Single(c => c.Name == "T")).Word);
        Assert.All(version.Blocks, b => Assert.NotNull(b.Terminator));
    }

    [Fact]
    public void Damaged_texts_are_read_or_refused_with_reasons()
    {
        string[] words = Fragment.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var random = new Random(1);
        for (int round = 0; round < 1500; round++)
        {
            string[] damaged = [.. words];
            for (int i = 0; i < 3; i++)
                damaged[random.Next(words.Length)] = random.Next(2) == 0 ? "" : words[random.Next(words.Length)];
            try { UirReader.Read(string.Join(' ', damaged), "f.uir"); }
            catch (UirException e) { Assert.NotEmpty(e.Errors); }
        }
    }

    public static TheoryData<string, string> Errors => new()
    {
        { ".typedef @a = ref<@nope>", "f.uir:1:19: @nope is no type of this bundle or an earlier one" },
        { ".typedef @a = int<8>\n.typedef @a = int<8>", "f.uir:2:10: @a is defined already" },
        { ".const @a <int<8>> = 256", "f.uir:1:22: 256 does not fit 8 bits" },
        { ".const @a <struct<int<8>>> = {@a}", "f.uir:1:8: @a contains itself, or constants nest deeper than 500" },
        { ".global <int<8>>", "f.uir:1:9: found '<', expected a global name (@…)" },
        { ".const @a 5", "f.uir:1:11: found '5', expected '<'" },
        { "@a", "f.uir:1:1: found '@a', expected the end of the file or a definition (.typedef, …)" },
        { ".funcdef @f <()->()> { %e(): ATOMICRMW RELAXED SEQ_CST }", "f.uir:1:48: found 'SEQ_CST', expected an operation (XCHG, ADD, …)" },
        { ".funcdef @f <()->()> { %e(): %r = 5 }", "f.uir:1:35: found '5', expected '[' or an instruction" },
        { ".funcdef @f <()->()> { %e(): BRANCH %x() }", "f.uir:1:37: %x is no block of this function" },
        { ".funcdef @f <()->()> { %e(): RET (%x) }", "f.uir:1:35: %x is not defined in this block before its use" },
        { ".funcdef @f <()->()> { %e(): %r = FENCE SEQ_CST RET }", "f.uir:1:35: FENCE gives 0 results, but 1 are named" },
        { ".funcdef @f <()->()> { %e(): RET EXC(%e() %e()) }", "f.uir:1:34: RET cannot have an EXC clause" },
        { ".funcdef @f <()->()> { %e(): COMMINST @uvm.nope RET }", "f.uir:1:39: @uvm.nope is no common instruction" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Errors_have_a_place_and_a_reason(string text, string expected)
    {
        UirException exception = Assert.Throws<UirException>(() => UirReader.Read(text, "f.uir"));
        Assert.Contains(expected, exception.Errors.Select(e => e.ToString()));
    }

    public static TheoryData<string> Programs => [.. ProgramFiles.Names];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Programs_are_read(string file)
    {
        Bundle bundle = UirReader.Read(ProgramFiles.Read(file), file);
        Assert.NotEmpty(bundle.Versions);
        Assert.All(bundle.Versions.SelectMany(v => v.Blocks), b => Assert.NotNull(b.Terminator));
    }
}
