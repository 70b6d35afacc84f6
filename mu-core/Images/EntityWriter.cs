using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Images;

/// <summary>
/// Collects the types, signatures, global variables and function versions that an image needs, gives them numbers, and writes them. Whatever is asked for is added with all that it is made of; what
/// function bodies reach is added when the caller asks for it (<see cref="AddVersions"/>), since functions are found in the heap too.
/// </summary>
internal sealed class EntityWriter(Func<Function, FunctionVersion?> newestVersion)
{
    private readonly Dictionary<Entity, int> typeNumbers = [], globalNumbers = [];
    private readonly List<Entity> types = [];
    private readonly List<GlobalValue> globals = [];
    private readonly List<FunctionVersion> versions = [];
    private int typesDone, functionsDone;

    /// <summary>All global variables so far.</summary>
    public IReadOnlyList<GlobalValue> Globals => globals;

    /// <summary>The number of a type or signature.</summary>
    public int NumberOf(Entity type)
    {
        if (typeNumbers.TryGetValue(type, out int known)) return known;
        typeNumbers.Add(type, types.Count);
        types.Add(type);
        CompleteTypes();
        return typeNumbers[type];
    }

    /// <summary>The number of a global variable.</summary>
    public int NumberOf(GlobalValue value)
    {
        if (globalNumbers.TryGetValue(value, out int known)) return known;
        switch (value)
        {
            case CompositeConstant composite:
                foreach (GlobalValue element in composite.Elements) NumberOf(element);
                NumberOf((Entity)composite.Type);
                break;
            case ExposedFunction exposed:
                NumberOf(exposed.Function);
                NumberOf(exposed.Cookie);
                NumberOf((Entity)exposed.Type);
                break;
            case GlobalCell cell: NumberOf((Entity)cell.CellType); break;
            case Function function: NumberOf((Entity)function.Signature); break;
            default: NumberOf((Entity)value.Type); break;
        }

        globalNumbers.Add(value, globals.Count);
        globals.Add(value);
        return globals.Count - 1;
    }

    /// <summary>Adds the newest versions of all functions found so far, and what they reach. True if there was any.</summary>
    public bool AddVersions()
    {
        bool any = false;
        for (; functionsDone < globals.Count; functionsDone++)
        {
            if (globals[functionsDone] is not Function function || newestVersion(function) is not { } version) continue;
            any = true;
            versions.Add(version);
            new VersionWriter(this).Visit(version);
        }

        return any;
    }

    /// <summary>Writes all.</summary>
    public void Write(ImageOutput output)
    {
        output.Number(types.Count);
        foreach (Entity type in types) WriteHead(output, type);
        foreach (Entity type in types) WriteParts(output, type);
        output.Number(globals.Count);
        foreach (GlobalValue value in globals) WriteGlobal(output, value);
        output.Number(versions.Count);
        var writer = new VersionWriter(this);
        foreach (FunctionVersion version in versions) writer.Write(output, version);
    }

    // Types refer to each other in circles, so they are not followed by recursion.
    private void CompleteTypes()
    {
        for (; typesDone < types.Count; typesDone++)
            foreach (Entity part in PartsOf(types[typesDone]))
                if (typeNumbers.TryAdd(part, types.Count)) types.Add(part);
    }

    private static bool IsPredefined(Entity type) => type.Name is { } name && ReferenceEquals(Predefined.Find(name), type);

    private static IEnumerable<Entity> PartsOf(Entity type) => type switch
    {
        _ when IsPredefined(type) => [],
        ReferenceType r => [r.Referent],
        FunctionReferenceType f => [f.Signature],
        StructType s => s.Fields,
        HybridType h => [.. h.FixedFields, h.Element],
        SequenceType q => [q.Element],
        FunctionSignature s => [.. s.Parameters, .. s.Results],
        _ => [],
    };

    private static void WriteHead(ImageOutput output, Entity type)
    {
        bool isPredefined = IsPredefined(type);
        output.Number(isPredefined ? TypeEntry.Predefined : type is MuType t ? (int)t.Kind : TypeEntry.Signature);
        output.Text(type.Name);
        if (isPredefined) return;
        if (type is IntType i) output.Number(i.Bits);
        if (type is SequenceType q) output.Number(q.Length);
    }

    private void WriteParts(ImageOutput output, Entity type)
    {
        Entity[] parts = [.. PartsOf(type)];
        if (type is StructType or HybridType or FunctionSignature && !IsPredefined(type)) output.Number(parts.Length);
        if (type is FunctionSignature signature && !IsPredefined(type)) output.Number(signature.Parameters.Count);
        foreach (Entity part in parts) output.Number(typeNumbers[part]);
    }

    private void WriteGlobal(ImageOutput output, GlobalValue value)
    {
        output.Number((int)EntryOf(value));
        output.Text(value.Name);
        output.Number(typeNumbers[value switch { GlobalCell c => c.CellType, Function f => f.Signature, _ => value.Type }]);
        switch (value)
        {
            case IntConstant c:
                output.Number(c.Value);
                output.Number(c.High);
                break;
            case FloatConstant c: output.Number(BitConverter.SingleToUInt32Bits(c.Value)); break;
            case DoubleConstant c: output.Number(BitConverter.DoubleToUInt64Bits(c.Value)); break;
            case TagRefConstant c: output.Number(c.Word); break;
            case ExternConstant c: output.Text(c.Symbol); break;
            case CompositeConstant c:
                output.Number(c.Elements.Count);
                foreach (GlobalValue element in c.Elements) output.Number(globalNumbers[element]);
                break;
            case ExposedFunction e:
                output.Number(globalNumbers[e.Function]);
                output.Text(e.Convention);
                output.Number(globalNumbers[e.Cookie]);
                break;
        }
    }

    private static GlobalEntry EntryOf(GlobalValue value) => value switch
    {
        IntConstant => GlobalEntry.Int,
        FloatConstant => GlobalEntry.Float,
        DoubleConstant => GlobalEntry.Double,
        NullConstant => GlobalEntry.Null,
        CompositeConstant => GlobalEntry.Composite,
        ExternConstant => GlobalEntry.Extern,
        TagRefConstant => GlobalEntry.TagRef,
        GlobalCell => GlobalEntry.Cell,
        Function => GlobalEntry.Function,
        ExposedFunction => GlobalEntry.Exposed,
        _ => throw new InvalidOperationException($"global variable {value}"),
    };
}
