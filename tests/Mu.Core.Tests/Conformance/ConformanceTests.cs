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
        IEnumerable<string> updates = Enum.GetNames<AtomicRmwOp>().Select(o => o.ToUpperInvariant()).Select(o => Enum.GetNames<BinaryOp>().Contains(o, StringComparer.OrdinalIgnoreCase) ? UpdatePrefix + o : o);
        IEnumerable<string> flags = Enum.GetValues<StatusFlags>().Where(f => f != StatusFlags.None).Select(f => $"#{f}");
        IEnumerable<string> orders = Enum.GetNames<MemoryOrder>().Select(o => string.Concat(o.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}")));
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

    /// <summary>Rows may name a program only if it has the instruction in it.</summary>
    [Fact]
    public void Programs_have_every_instruction_in_them()
    {
        HashSet<Type> used = [];
        HashSet<CommonOp> common = [];
        foreach (string name in ProgramFiles.Names)
            foreach (Instruction instruction in UirReader.Read(ProgramFiles.Read(name), name).Versions.SelectMany(v => v.Blocks).SelectMany(b => b.Instructions))
            {
                used.Add(instruction.GetType());
                if (instruction is CommonInstruction c) common.Add(c.Op);
            }

        IEnumerable<Type> kinds = typeof(Instruction).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Instruction)) && !t.IsAbstract);
        Assert.Empty(kinds.Where(k => !used.Contains(k) && Table.Works(Keyword(k))).Select(k => k.Name));
        Assert.Empty(CommonSignature.All.Where(op => !common.Contains(op) && Table.Works(CommonSignature.NameOf(op)) && !NeedsClient(op)).Select(CommonSignature.NameOf));
    }

    /// <summary>What means nothing without a client.</summary>
    private static bool NeedsClient(CommonOp op) => op is CommonOp.RuntimeContext or CommonOp.ThreadExit;

    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes().Any(a => a is FactAttribute);

    /// <summary>The text form's keyword of a class of instructions; empty for those whose operations have rows of their own.</summary>
    private static string Keyword(Type type) => type.Name.Replace("Instruction", "", StringComparison.Ordinal) switch
    {
        "Binary" or "Compare" or "Convert" => "",
        "CompareExchange" => "CMPXCHG",
        "Return" => "RET",
        "Common" => "COMMINST",
        "WatchpointBranch" => "WPBRANCH",
        string name => name.ToUpperInvariant(),
    };
}
