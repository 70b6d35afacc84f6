using System.Globalization;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Tests.Programs;

/// <summary>A line <c>// run: @f(1 2.5d) -> 3</c> of a program (docs/uir.md).</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Arguments">Arguments as written.</param>
/// <param name="Expected">Results as written, or THROW.</param>
internal sealed record ProgramRun(string Function, string[] Arguments, string[] Expected)
{
    private const string Marker = "// run: @";

    public bool Throws => Expected is ["THROW"];

    public static List<ProgramRun> In(string text) =>
        [.. text.Split('\n').TakeWhile(l => l.StartsWith("//", StringComparison.Ordinal)).Where(l => l.StartsWith(Marker, StringComparison.Ordinal)).Select(Parse)];

    /// <summary>Runs it, and says what is wrong; null if nothing.</summary>
    public string? Check(MuVM vm)
    {
        var function = (Function)vm.Find(Function);
        using MuContext context = vm.NewContext();
        MuValue[] arguments = [.. Arguments.Select((a, i) => Value(context, function.Signature.Parameters[i], a))];
        MuValue[] results;
        try { results = context.Call(function, arguments); }
        catch (UncaughtMuException) { return Throws ? null : "throws"; }
        string[] found = [.. results.Select((r, i) => Text(context, function.Signature.Results[i], r))];
        string[] expected = [.. Expected.Select((e, i) => i < results.Length ? Text(context, function.Signature.Results[i], Value(context, function.Signature.Results[i], e)) : e)];
        return found.SequenceEqual(expected) ? null : $"gives {string.Join(' ', found)}, expected {string.Join(' ', expected)}";
    }

    public override string ToString() => $"@{Function}({string.Join(' ', Arguments)})";

    private static ProgramRun Parse(string line)
    {
        int open = line.IndexOf('(', StringComparison.Ordinal), close = line.IndexOf(')', open), arrow = line.IndexOf("->", close, StringComparison.Ordinal);
        return new ProgramRun(line[Marker.Length..open], Words(line[(open + 1)..close]), Words(line[(arrow + 2)..]));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static MuValue Value(MuContext context, MuType type, string word) => type.Kind switch
    {
        TypeKind.Double => context.FromDouble(double.Parse(word.TrimEnd('d'), CultureInfo.InvariantCulture)),
        TypeKind.Float => context.FromFloat(float.Parse(word.TrimEnd('f'), CultureInfo.InvariantCulture)),
        _ => context.FromInteger(type, Integer(word) & ((IntType)type).Mask),
    };

    private static ulong Integer(string word) =>
        word.StartsWith("0x", StringComparison.Ordinal) ? ulong.Parse(word[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : word.StartsWith('-') ? (ulong)long.Parse(word, CultureInfo.InvariantCulture) : ulong.Parse(word, CultureInfo.InvariantCulture);

    private static string Text(MuContext context, MuType type, MuValue value) => type.Kind switch
    {
        TypeKind.Double => context.ToDouble(value).ToString("R", CultureInfo.InvariantCulture),
        TypeKind.Float => context.ToFloat(value).ToString("R", CultureInfo.InvariantCulture),
        _ => context.ToUInt64(value).ToString(CultureInfo.InvariantCulture),
    };
}
