using Antlr4.Runtime;
using Mu.Core.Generated;
using Mu.Core.IR;
using Mu.Core.Text;
using Mu.Core.Types;
using static Mu.Core.Generated.HailParser;

namespace Mu.Core.Hail;

/// <summary>Reads a HAIL script and checks it against what is loaded: names, types, indices.</summary>
internal sealed class HailReader
{
    // Lists nest as deep as the types that they initialise, which is seldom more than three.
    private const int MaximumDepth = 200;
    private readonly SyntaxErrors errors;
    private readonly INameResolver loaded;
    private readonly Dictionary<string, int> names = [];
    private readonly List<HailObject> objects = [];
    private readonly List<HailStore> stores = [];

    private HailReader(SyntaxErrors errors, INameResolver loaded)
    {
        this.errors = errors;
        this.loaded = loaded;
    }

    /// <summary>Reads a script.</summary>
    /// <exception cref="UirException">It is none, or does not fit what is loaded; with all errors.</exception>
    public static HailScript Read(string text, string fileName, INameResolver loaded)
    {
        var errors = new SyntaxErrors(fileName);
        var lexer = new HailLexer(new AntlrInputStream(text));
        lexer.RemoveErrorListeners();
        lexer.AddErrorListener(errors);
        var tokens = new CommonTokenStream(lexer);
        tokens.Fill();
        CheckDepth(tokens, errors);
        ThrowIfAny(errors);
        var parser = new HailParser(tokens);
        parser.RemoveErrorListeners();
        parser.AddErrorListener(errors);
        ScriptContext tree = parser.script();
        ThrowIfAny(errors);
        HailScript script = new HailReader(errors, loaded).Read(tree);
        ThrowIfAny(errors);
        return script;
    }

    private HailScript Read(ScriptContext tree)
    {
        foreach (StatementContext statement in tree.statement())
        {
            if (statement is NewObjectContext n) Declare(n.OBJECT().Symbol, n.GLOBAL().Symbol, null);
            else if (statement is NewHybridObjectContext h) Declare(h.OBJECT().Symbol, h.GLOBAL().Symbol, h.number());
        }

        foreach (StatementContext statement in tree.statement())
            if (statement is InitialisationContext i && Place(i.place()) is { } place) Initialise(place, i.initial());
        return new HailScript(objects, stores);
    }

    private void Declare(IToken name, IToken typeName, NumberContext? length)
    {
        MuType? type = loaded.Find(typeName.Text[1..]) as MuType;
        if (type is null) errors.Add(typeName, $"{typeName.Text} is no type");
        else if (type is HybridType != length is not null) errors.Add(typeName, $"{typeName.Text} is {(length is null ? "a" : "no")} hybrid type");
        if (!names.TryAdd(name.Text, objects.Count)) errors.Add(name, $"{name.Text} is defined already");
        objects.Add(new HailObject(type ?? SimpleType.Void, length is null ? 0 : Number(length)));
    }

    private ulong Number(NumberContext context)
    {
        if (context.INT() is { } literal) return Literals.Unsigned(literal.Symbol, errors);
        if (loaded.Find(context.GLOBAL().GetText()[1..]) is IntConstant { Type: IntType { Bits: <= 64 } } constant) return constant.Value;
        errors.Add(context.Start, $"{context.GetText()} is no integer constant");
        return 0;
    }

    // Places

    private HailPlace? Place(PlaceContext context)
    {
        IToken root = context.root;
        HailPlace? place = null;
        if (root.Text[0] == '$')
        {
            if (names.TryGetValue(root.Text, out int number)) place = new HailPlace(null, number, 0, objects[number].Type);
            else errors.Add(root, $"{root.Text} is no object of this script");
        }
        else if (loaded.Find(root.Text[1..]) is GlobalCell cell) place = new HailPlace(cell, 0, 0, cell.CellType);
        else errors.Add(root, $"{root.Text} is no global cell");

        foreach (NumberContext index in context.number())
            if (place is not null) place = Part(place, Number(index), index.Start);
        return place;
    }

    private HailPlace? Part(HailPlace place, ulong index, IToken at)
    {
        HailPlace? part = PartOf(place, index);
        if (part is null) errors.Add(at, $"{Describe(place)} has no part {index}");
        return part;
    }

    /// <summary>A field, element or variable part of a place; null if there is none.</summary>
    private HailPlace? PartOf(HailPlace place, ulong index)
    {
        if (place.Elements is { } count) return index < count ? place with { Offset = place.Offset + (long)index * TypeLayout.Of(place.Type).Size, Elements = null } : null;
        TypeLayout layout = TypeLayout.Of(place.Type);
        return place.Type switch
        {
            StructType s when index < (ulong)s.Fields.Count => place with { Offset = place.Offset + layout.FieldOffsets[index], Type = s.Fields[(int)index] },
            SequenceType q when index < q.Length => place with { Offset = place.Offset + (long)index * layout.ElementSize, Type = q.Element },
            HybridType h when index < (ulong)h.FixedFields.Count => place with { Offset = place.Offset + layout.FieldOffsets[index], Type = h.FixedFields[(int)index] },
            HybridType h when index == (ulong)h.FixedFields.Count => place with { Offset = place.Offset + layout.VariablePartOffset, Type = h.Element, Elements = objects[place.Object].Length },
            _ => null,
        };
    }

    private static string Describe(HailPlace place) => place.Elements is { } count ? $"a variable part of {count} elements" : $"a location of type {place.Type}";

    // Initialisations

    private void Initialise(HailPlace place, InitialContext initial)
    {
        if (initial is ListInitialContext list && !(place.Elements is null && place.Type.Kind == TypeKind.TagRef64))
        {
            for (int i = 0; i < list.initial().Length; i++)
                if (Part(place, (ulong)i, list.initial(i).Start) is { } part) Initialise(part, list.initial(i));
            return;
        }

        if (place.Elements is not null || place.Type.Kind is TypeKind.Hybrid or TypeKind.Void) errors.Add(initial.Start, $"{Describe(place)} cannot be initialised with {initial.GetText()}");
        else if (new HailValueReader(errors, loaded, names, objects, Place).Read(Strong(place.Type), initial) is { } value) stores.Add(new HailStore(place, value));
    }

    private static MuType Strong(MuType type) => LoadInstruction.StrongVariant(type);

    private static void CheckDepth(CommonTokenStream tokens, SyntaxErrors errors)
    {
        int depth = 0;
        foreach (IToken token in tokens.GetTokens())
        {
            if (token.Type == HailLexer.OPEN_BRACE) depth++;
            else if (token.Type == HailLexer.CLOSE_BRACE) depth--;
            if (depth <= MaximumDepth) continue;
            errors.Add(token, $"nested deeper than {MaximumDepth}");
            return;
        }
    }

    private static void ThrowIfAny(SyntaxErrors errors)
    {
        if (errors.All.Count > 0) throw new UirException(errors.All);
    }
}
