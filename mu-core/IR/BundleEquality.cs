using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>
/// Structural comparison of bundles: same definitions and instruction for instruction the same bodies. Cells, functions and locals are compared by the
/// roles that they play, constants by structure, and names only where both entities have one. Types and signatures are compared by structure where they are used;
/// names that both bundles list must stand for the same.
/// </summary>
public sealed class BundleEquality
{
    private readonly Dictionary<Entity, Entity> partners = [];
    private readonly HashSet<Entity> taken = [];

    private BundleEquality() { }

    /// <summary>Whether two bundles are equal.</summary>
    public static bool Equal(Bundle a, Bundle b) => Difference(a, b) is null;

    /// <summary>What the first difference is between two bundles; null if they are equal.</summary>
    public static string? Difference(Bundle a, Bundle b) => new BundleEquality().Compare(a, b);

    private string? Compare(Bundle a, Bundle b)
    {
        string? difference = Named(a.Types, b.Types, TypeEquality.Equal, mayMiss: true) ?? Named(a.Signatures, b.Signatures, TypeEquality.Equal, mayMiss: true)
            ?? Named(a.Constants, b.Constants, Same) ?? Named(a.Globals, b.Globals, Same)
            ?? Named(a.Functions, b.Functions, Same) ?? Named(a.Exposed, b.Exposed, Same);
        if (difference is not null) return difference;
        if (a.Versions.Count != b.Versions.Count) return $"{a.Versions.Count} and {b.Versions.Count} function definitions";
        for (int i = 0; i < a.Versions.Count; i++)
            if (Versions(a.Versions[i], b.Versions[i]) is { } found) return $"{a.Versions[i].Function.Name ?? b.Versions[i].Function.Name}: {found}";
        return Surplus(a.Constants, b.Constants) ?? Surplus(a.Globals, b.Globals) ?? Surplus(a.Functions, b.Functions) ?? Surplus(a.Exposed, b.Exposed);
    }

    // What b lists must have come up in the comparison, or correspond to something anonymous that a lists. Types have no use but in what was compared.
    private string? Surplus<T>(List<T> a, List<T> b) where T : Value
    {
        List<T> anonymous = [.. a.Where(e => e.Name is null && !partners.ContainsKey(e))];
        foreach (T entity in b)
            if (!taken.Contains(entity) && anonymous.Find(e => Same(e, entity)) is null) return $"{entity} is in one bundle only";
        return null;
    }

    private static string? Named<T>(List<T> a, List<T> b, Func<T, T, bool> same, bool mayMiss = false) where T : Entity
    {
        var byName = b.Where(e => e.Name is not null).ToDictionary(e => e.Name!);
        foreach (T entity in a)
        {
            if (entity.Name is null) continue;
            if (!byName.TryGetValue(entity.Name, out T? other))
            {
                if (mayMiss) continue;
                return $"{entity.Name} is in one bundle only";
            }
            if (!same(entity, other)) return $"{entity.Name} differs";
        }
        return null;
    }

    private string? Versions(FunctionVersion a, FunctionVersion b)
    {
        if (!Same(a.Function, b.Function)) return "another function";
        if (!Pair(a, b)) return "name of the version";
        if (a.Blocks.Count != b.Blocks.Count) return $"{a.Blocks.Count} and {b.Blocks.Count} blocks";
        for (int i = 0; i < a.Blocks.Count; i++)
            if (!Heads(a.Blocks[i], b.Blocks[i])) return $"head of block {i}";
        for (int i = 0; i < a.Blocks.Count; i++)
        {
            List<Instruction> left = a.Blocks[i].Instructions, right = b.Blocks[i].Instructions;
            if (left.Count != right.Count) return $"block {i} has {left.Count} and {right.Count} instructions";
            for (int k = 0; k < left.Count; k++)
                if (!Instructions(left[k], right[k])) return $"block {i}, instruction {k}: {left[k]} and {right[k]}";
        }
        return null;
    }

    private bool Heads(BasicBlock a, BasicBlock b)
    {
        if (!Pair(a, b) || a.IsCold != b.IsCold || a.Parameters.Count != b.Parameters.Count) return false;
        for (int i = 0; i < a.Parameters.Count; i++)
            if (!Defined(a.Parameters[i], b.Parameters[i])) return false;
        return a.ExceptionParameter is { } caught ? b.ExceptionParameter is { } other && Defined(caught, other) : b.ExceptionParameter is null;
    }

    private bool Instructions(Instruction a, Instruction b)
    {
        if (a.GetType() != b.GetType() || !InstructionForm.Equal(a, b)) return false;
        if (a.SourceTag != b.SourceTag || a.HasExceptionClause != b.HasExceptionClause || (a.Name is null) != (b.Name is null) || !Pair(a, b)) return false;
        if (!Values(a.Operands, b.Operands) || a.Results.Length != b.Results.Length) return false;
        for (int i = 0; i < a.Results.Length; i++)
            if (!Defined(a.Results[i], b.Results[i])) return false;
        if (a is SwitchInstruction s && !Values(s.Keys, ((SwitchInstruction)b).Keys)) return false;
        return Destinations(a.Destinations, b.Destinations) && Values(a.KeepAlives, b.KeepAlives);
    }

    private bool Destinations(Destination[] a, Destination[] b)
    {
        if (a.Length != b.Length) return false;
        for (int i = 0; i < a.Length; i++)
            if (partners.GetValueOrDefault(a[i].Target) != b[i].Target || !Values(a[i].Arguments, b[i].Arguments)) return false;
        return true;
    }

    private bool Values(IReadOnlyList<Value> a, IReadOnlyList<Value> b)
    {
        if (a.Count != b.Count) return false;
        for (int i = 0; i < a.Count; i++)
            if (!Same(a[i], b[i])) return false;
        return true;
    }

    private bool Defined(LocalValue a, LocalValue b) => Pair(a, b) && TypeEquality.Equal(a.Type, b.Type);

    private bool Same(Value a, Value b)
    {
        if (partners.TryGetValue(a, out Entity? known)) return known == b;
        return (a, b) switch
        {
            (Constant x, Constant y) => NamesAgree(a, b) && TypeEquality.Equal(x.Type, y.Type) && Constants(x, y) && Taken(y),
            (GlobalCell x, GlobalCell y) => Pair(a, b) && TypeEquality.Equal(x.CellType, y.CellType),
            (Function x, Function y) => Pair(a, b) && TypeEquality.Equal(x.Signature, y.Signature),
            (ExposedFunction x, ExposedFunction y) => Pair(a, b) && x.Convention == y.Convention && Same(x.Function, y.Function) && Same(x.Cookie, y.Cookie),
            _ => false,
        };
    }

    private bool Constants(Constant a, Constant b) => (a, b) switch
    {
        (IntConstant x, IntConstant y) => x.Value == y.Value && x.High == y.High,
        (FloatConstant x, FloatConstant y) => BitConverter.SingleToUInt32Bits(x.Value) == BitConverter.SingleToUInt32Bits(y.Value),
        (DoubleConstant x, DoubleConstant y) => BitConverter.DoubleToUInt64Bits(x.Value) == BitConverter.DoubleToUInt64Bits(y.Value),
        (NullConstant, NullConstant) => true,
        (ExternConstant x, ExternConstant y) => x.Symbol == y.Symbol,
        (TagRefConstant x, TagRefConstant y) => x.Word == y.Word,
        (CompositeConstant x, CompositeConstant y) => Values(x.Elements, y.Elements),
        _ => false,
    };

    private bool Taken(Entity entity)
    {
        taken.Add(entity);
        return true;
    }

    // Entities with an identity of their own correspond one to one.
    private bool Pair(Entity a, Entity b)
    {
        if (partners.TryGetValue(a, out Entity? known)) return known == b;
        if (!NamesAgree(a, b) || !taken.Add(b)) return false;
        partners[a] = b;
        return true;
    }

    private static bool NamesAgree(Entity a, Entity b) => a.Name is null || b.Name is null || a.Name == b.Name;
}
