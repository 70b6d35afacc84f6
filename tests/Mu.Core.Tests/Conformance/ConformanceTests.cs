using System.Reflection;
using Mu.Core.IR;
using Mu.Core.Tests.Text;
using Mu.Core.Text;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Conformance;

/// <summary>docs/conformance.md has a row for whatever there is, and names tests that there are.</summary>
public sealed class ConformanceTests
{
    private static readonly ConformanceTable Table = ConformanceTable.Read();

    /// <summary>What tells operations of ATOMICRMW from binary operations of the same name.</summary>
    private const string UpdatePrefix = "RMW-";

    [Fact]
    public void Every_type_and_opcode_has_a_row()
    {
        IEnumerable<string> types = Enum.GetNames<TypeKind>().Select(k => k.ToLowerInvariant());
        IEnumerable<string> operations = Enum.GetNames<BinaryOp>().Concat(Enum.GetNames<CompareOp>()).Concat(Enum.GetNames<ConvertOp>()).Select(o => o.ToUpperInvariant());
        IEnumerable<string> updates = Enum.GetValues<AtomicRmwOp>().Select(ItemOf);
        IEnumerable<string> flags = Enum.GetValues<StatusFlags>().Where(f => f != StatusFlags.None).Select(f => $"#{f}");
        IEnumerable<string> orders = Enum.GetValues<MemoryOrder>().Select(ItemOf);
        IEnumerable<string> common = CommonSignature.All.Select(CommonSignature.NameOf);
        string[] missing = [.. types.Concat(operations).Concat(updates).Concat(flags).Concat(orders).Concat(common).Where(name => !Table.Has(name))];
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_kind_of_instruction_has_a_row()
    {
        IEnumerable<string> kinds = typeof(Instruction).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Instruction)) && !t.IsAbstract).Select(Keyword);
        Assert.DoesNotContain(kinds, name => name.Length > 0 && !Table.Has(name));
    }

    [Fact]
    public void What_works_is_shown_by_tests_that_there_are()
    {
        HashSet<string> methods = [.. typeof(ConformanceTests).Assembly.GetTypes().SelectMany(t => t.GetMethods().Where(IsTest).Select(m => $"{t.Name}.{m.Name}"))];
        foreach (ConformanceRow row in Table.Rows)
        {
            Assert.True(row.States.All(s => s is "yes" or "no"), $"{row.Item}: the states are yes and no");
            Assert.True(row.Tests.Length > 0 || row.States.All(s => s == "no"), $"{row.Item} has no test");
            Assert.Empty(row.Tests.Where(t => !methods.Contains(t) && !ProgramFiles.Names.Contains(t)).Select(t => $"{row.Item}: there is no test {t}"));
        }
    }

    /// <summary>A row may name a program only if it has the item in it.</summary>
    [Fact]
    public void Programs_that_rows_name_have_the_item_in_them()
    {
        HashSet<string> known = [.. Contents.Values.SelectMany(c => c)];
        string[] wrong = [.. Table.Rows.Where(r => known.Contains(r.Item)).SelectMany(r => r.Tests.Where(t => Contents.TryGetValue(t, out IReadOnlySet<string>? c) && !c.Contains(r.Item)).Select(t => $"{r.Item}: {t}"))];
        Assert.True(wrong.Length == 0, string.Join(", ", wrong));
    }

    /// <summary>Whatever a program can show is in one at least: they run on both engines, and while everything moves.</summary>
    [Fact]
    public void Programs_have_every_item_in_them()
    {
        HashSet<string> known = [.. Contents.Values.SelectMany(c => c)];
        string[] missing = [.. Table.Rows.Select(r => r.Item).TakeWhile(item => item != FirstOfTheClient).Where(item => !known.Contains(item) && !NeedsClient(item))];
        Assert.True(missing.Length == 0, string.Join(", ", missing));
    }

    private const string FirstOfTheClient = "new_context";

    private static readonly Dictionary<string, IReadOnlySet<string>> Contents =
        ProgramFiles.Names.ToDictionary(name => name, name => ProgramContents.Of(UirReader.Read(ProgramFiles.Read(name), name)));

    /// <summary>What means nothing without a client.</summary>
    private static bool NeedsClient(string item) => item == CommonSignature.NameOf(CommonOp.RuntimeContext);

    /// <summary>The name of an operation of ATOMICRMW; those that are binary operations as well have a prefix.</summary>
    internal static string ItemOf(AtomicRmwOp op) =>
        (Enum.GetNames<BinaryOp>().Contains(op.ToString(), StringComparer.OrdinalIgnoreCase) ? UpdatePrefix : "") + op.ToString().ToUpperInvariant();

    internal static string ItemOf(MemoryOrder order) => string.Concat(order.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));

    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes().Any(a => a is FactAttribute);

    /// <summary>The text form's keyword of a class of instructions; empty for those whose operations have rows of their own.</summary>
    internal static string Keyword(Type type) => type.Name.Replace("Instruction", "", StringComparison.Ordinal) switch
    {
        "Binary" or "Compare" or "Convert" => "",
        "CompareExchange" => "CMPXCHG",
        "Return" => "RET",
        "Common" => "COMMINST",
        "WatchpointBranch" => "WPBRANCH",
        string name => name.ToUpperInvariant(),
    };
}
