using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Tests.Api;
using Mu.Core.Text;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Hail;

public sealed class HailTests
{
    private const string Bundle = """
        .typedef @i8 = int<8>
        .typedef @i64 = int<64>
        .typedef @i52 = int<52>
        .typedef @pair = struct<@i64 double>
        .typedef @box = struct<@i64 int<128> float double tagref64 ref<@box> weakref<@box> iref<@i64> funcref<@fn> ufuncptr<@fn> @pair array<@i8 3> vector<int<32> 4> uptr<@i64> @i52 ref<void>>
        .typedef @row = hybrid<@i64 ref<@box> @pair>
        .funcsig @fn = (@i64) -> (@i64)
        .const @two <@i64> = 2
        .const @seven <@i64> = 7
        .const @half <double> = 0.5d
        .const @constpair <@pair> = {@seven @half}
        .const @labs <ufuncptr<@fn>> = EXTERN "labs"
        .global @root <ref<@box>>
        .global @rows <ref<@row>>
        .global @number <@i64>
        .global @numbers <array<@i64 4>>
        .global @box.cell <@box>
        .funcdef @same <@fn> {
          %entry(<@i64> %n):
            RET %n
        }
        """;

    private static MuVM Started(EngineKind engine)
    {
        var vm = new MuVM(new MuVMOptions { Engine = engine, CollectorStress = true, VerifyHeap = true });
        vm.LoadText(Bundle);
        return vm;
    }

    [Theory, ClassData(typeof(Engines))]
    public void Every_kind_of_location_is_initialised(EngineKind engine)
    {
        using MuVM vm = Started(engine);
        using MuContext context = vm.NewContext();
        context.LoadHail("""
            // Objects may be used before they are made.
            .init @root = $b
            .new $b <@box>
            .newhybrid $row <@row> @two
            .init $b = {-5 0x10000000000000000000000000000001 1.5f 2.25d 17 $b $b &@numbers[3] @same @labs {1 2.0d} {1 -1 255}}
            .init $b[12] = {1 2 3 4}
            .init $b[13] = 0x1000
            .init $b[14] = -1
            .init $b[15] = $row
            .init @numbers = {10 20}
            .init @numbers[3] = *@numbers[1]
            .init $row = {@two $b {@constpair {9 -3.5d}}}
            .init $row[2][0][0] = *$row[0]
            .init @rows = $row
            .init @box.cell[4] = {$b 33}
            .init @box.cell[7] = &$b[0]
            .init @box.cell[10] = *$row[2][1]
            """);
        MuValue box = context.GetIRef(context.Load(Cell("root")));
        Assert.Equal(-5, context.ToInt64(Field(box, 0)));
        Assert.Equal(((UInt128)1 << 124) + 1, context.ToUInt128(Field(box, 1)));
        Assert.Equal(1.5f, context.ToFloat(Field(box, 2)));
        Assert.Equal(2.25, context.ToDouble(Field(box, 3)));
        Assert.Equal(17, context.ToInt64(context.TagRefToInt(Field(box, 4))));
        Assert.True(context.SameReference(Field(box, 5), context.Load(Cell("root"))) && context.SameReference(Field(box, 6), Field(box, 5)));
        Assert.Equal(20, context.ToInt64(context.Load(Field(box, 7))));
        Assert.Equal(vm.Find("same"), context.ToFunction(Field(box, 8)));
        Assert.Equal(context.ToUInt64(context.FromConstant((Constant)vm.Find("labs"))), context.ToUInt64(Field(box, 9)));
        Assert.Equal(2.0, context.ToDouble(context.ExtractValue(Field(box, 10), 1)));
        Assert.Equal(255UL, context.ToUInt64(context.ExtractElement(Field(box, 11), 2)));
        Assert.Equal(4, context.ToInt64(context.ExtractElement(Field(box, 12), 3)));
        Assert.Equal(0x1000UL, context.ToUInt64(Field(box, 13)));
        Assert.Equal(-1, context.ToInt64(Field(box, 14)));

        MuValue row = context.GetIRef(context.Load(Cell("rows"))), first = context.GetVarPartIRef(row), second = context.ShiftIRef(first, 1);
        Assert.Equal([2L, 2L, 9L], [context.ToInt64(Field(row, 0)), context.ToInt64(Field(first, 0)), context.ToInt64(Field(second, 0))]);
        Assert.Equal([0.5, -3.5], [context.ToDouble(Field(first, 1)), context.ToDouble(Field(second, 1))]);
        MuValue cell = Cell("box.cell");
        Assert.Equal(33UL, context.ToUInt64(context.TagRefToTag(Field(cell, 4))));
        Assert.Equal(-5, context.ToInt64(context.Load(Field(cell, 7))));
        Assert.Equal(-3.5, context.ToDouble(context.ExtractValue(Field(cell, 10), 1)));
        vm.VerifyHeap();

        MuValue Cell(string name) => context.FromGlobal((GlobalCell)vm.Find(name));
        MuValue Field(MuValue location, int index) => context.Load(context.GetFieldIRef(location, index));
    }

    [Theory]
    [InlineData(".new $a <@nothing>", "1:10: @nothing is no type")]
    [InlineData(".new $a <@row>", "1:10: @row is a hybrid type")]
    [InlineData(".newhybrid $a <@box> 3", "1:16: @box is no hybrid type")]
    [InlineData(".newhybrid $a <@row> @half", "1:22: @half is no integer constant")]
    [InlineData(".new $a <@box> .new $a <@box>", "1:21: $a is defined already")]
    [InlineData(".init $a = 3", "1:7: $a is no object of this script")]
    [InlineData(".init @two = 3", "1:7: @two is no global cell")]
    [InlineData(".init @numbers[4] = 3", "1:16: a location of type array<@i64 4> has no part 4")]
    [InlineData(".init @numbers = {1 2 3 4 5}", "1:27: a location of type array<@i64 4> has no part 4")]
    [InlineData(".init @number = 3.0d", "1:17: 3.0d is no value for a location of type i64")]
    [InlineData(".init @number = 0x10000000000000000", "is no value for a location of type i64")]
    [InlineData(".init @number = $x", "1:17: $x is no value")]
    [InlineData(".init @root = @number", "1:15: @number is no value for a location of type ref<box>")]
    [InlineData(".init @box.cell[4] = {NULL 64}", "is no value for a location of type tagref64")]
    [InlineData(".newhybrid $r <@row> 2 .init $r[2][2] = NULL", "has no part 2")]
    [InlineData(".newhybrid $r <@row> 2 .init $r[2] = NULL", "cannot be initialised with NULL")]
    [InlineData(".init @number 3", "1:15: found '3', expected")]
    public void What_does_not_fit_is_refused_with_its_place(string script, string reason)
    {
        using var vm = new MuVM();
        vm.LoadText(Bundle);
        using MuContext context = vm.NewContext();
        Assert.Contains(reason.Replace("<@", "<", StringComparison.Ordinal), Assert.Throws<UirException>(() => context.LoadHail(script + " .init @number = 5")).Message, StringComparison.Ordinal);
        Assert.Equal(0, context.ToInt64(context.Load(context.FromGlobal((GlobalCell)vm.Find("number")))));
    }

    [Fact]
    public void Damaged_scripts_load_or_are_refused()
    {
        string[] words = [".new", "$a", "<", "@box", ">", ".newhybrid", "$b", "<", "@row", ">", "@two", ".init", "$a", "[", "5", "]", "=", "$a", ".init", "$b", "=", "{", "1", "$a", "{", "{", "3", "1.0d", "}", "}", "}",
            ".init", "@root", "=", "*", "$a", "[", "5", "]", ".init", "@numbers", "=", "{", "1", "@seven", "}", ".init", "@box.cell", "[", "7", "]", "=", "&", "@number"];
        using var vm = new MuVM(new MuVMOptions { MaxHeap = 64 << 20 });
        vm.LoadText(Bundle);
        using MuContext context = vm.NewContext();
        int loaded = 0;
        for (int seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            string[] damaged = [.. words];
            for (int i = 0; i <= seed % 4; i++) damaged[random.Next(words.Length)] = random.Next(4) == 0 ? random.Next().ToString() : words[random.Next(words.Length)];
            try
            {
                context.LoadHail(string.Join(' ', damaged));
                loaded++;
            }
            catch (Exception refusal) when (refusal is UirException or MuOutOfMemoryException)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }

        vm.VerifyHeap();
        Assert.True(loaded > 20, $"{loaded} loaded");
    }
}
