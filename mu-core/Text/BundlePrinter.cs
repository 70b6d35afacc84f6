using System.Text;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Text;

/// <summary>Writes the definitions of a bundle by kind: types, signatures, constants, cells, declarations, exposed functions, functions.</summary>
internal sealed class BundlePrinter
{
    private readonly NameTable names;
    private readonly INameResolver? alreadyLoaded;
    private readonly HashSet<Entity> listed = [];
    private readonly HashSet<Entity> written = [];
    private readonly Dictionary<string, string> anonymousConstants = [];
    private readonly StringBuilder types = new(), signatures = new(), constants = new(), cells = new(), declarations = new(), exposed = new();

    public BundlePrinter(NameTable names, INameResolver? alreadyLoaded)
    {
        this.names = names;
        this.alreadyLoaded = alreadyLoaded;
        Types = new TypePrinter(names, IsDefinedElsewhere);
    }

    public NameTable Names => names;

    public TypePrinter Types { get; }

    public string Print(Bundle bundle)
    {
        List(bundle);
        foreach (FunctionVersion version in bundle.Versions) written.Add(version.Function);
        foreach (MuType type in bundle.Types) Types.Text(type);
        foreach (FunctionSignature signature in bundle.Signatures) Types.Text(signature);
        foreach (Constant constant in bundle.Constants) Global(constant);
        foreach (GlobalCell cell in bundle.Globals) Global(cell);
        foreach (Function function in bundle.Functions) Global(function);
        foreach (ExposedFunction function in bundle.Exposed) Global(function);
        var bodies = new StringBuilder();
        foreach (FunctionVersion version in bundle.Versions) new BodyPrinter(this, bodies, version).Print();
        Types.WriteDefinitions(types, signatures);
        return string.Concat([types, signatures, constants, cells, declarations, exposed, bodies]);
    }

    /// <summary>How the text refers to a global variable; its definition is written at the first time.</summary>
    public string Global(GlobalValue value)
    {
        if (value is Constant { Name: null } constant) return Anonymous(constant);
        string name = "@" + names.Of(value, () => value is GlobalCell ? "cell" : "f");
        if (IsDefinedElsewhere(value) || !written.Add(value)) return name;
        switch (value)
        {
            case Constant c: constants.Append($".const {name} {ConstantBody(c)}\n"); break;
            case GlobalCell c: cells.Append($".global {name} <{Types.Text(c.CellType)}>\n"); break;
            case Function f: declarations.Append($".funcdecl {name} <{Types.Text(f.Signature)}>\n"); break;
            case ExposedFunction e: exposed.Append($".expose {name} = {Global(e.Function)} #{e.Convention} {Global(e.Cookie)}\n"); break;
            default: throw new InvalidOperationException($"global variable {value}");
        }
        return name;
    }

    private void List(Bundle bundle)
    {
        listed.UnionWith(bundle.Types);
        listed.UnionWith(bundle.Signatures);
        listed.UnionWith(bundle.Constants);
        listed.UnionWith(bundle.Globals);
        listed.UnionWith(bundle.Functions);
        listed.UnionWith(bundle.Exposed);
    }

    private bool IsDefinedElsewhere(Entity entity) =>
        entity.Name is { } name && !listed.Contains(entity) && (ReferenceEquals(Predefined.Find(name), entity) || (alreadyLoaded is not null && ReferenceEquals(alreadyLoaded.Find(name), entity)));

    // Constants have no identity: equal anonymous ones become one.
    private string Anonymous(Constant constant)
    {
        string body = ConstantBody(constant);
        if (anonymousConstants.TryGetValue(body, out string? known)) return known;
        string name = "@" + names.Of(constant, () => Stem(constant));
        constants.Append($".const {name} {body}\n");
        return anonymousConstants[body] = name;
    }

    // Small integers are named for what they are, since bodies are full of them.
    private static string Stem(Constant constant) => constant is IntConstant { Type: IntType type } i ? $"i{type.Bits}.{ConstantText.Of(i)}" : "c";

    private string ConstantBody(Constant constant)
    {
        string literal = constant is CompositeConstant c ? $"{{{string.Join(' ', c.Elements.Select(Global))}}}" : ConstantText.Of(constant);
        return $"<{Types.Text(constant.Type)}> = {literal}";
    }
}
