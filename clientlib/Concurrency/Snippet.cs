using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Concurrency;

/// <summary>
/// A synchronisation primitive: a type for its memory, which may be a field, a global cell or an object of its own, and functions over its location, added to a bundle as Mu IR. Memory of
/// zeros is a primitive in its first state, unless the snippet says otherwise. Waiting threads are in futexes, where they hold no collection up and survive moves of the object.
/// </summary>
public abstract class Snippet
{
    private readonly Bundle bundle;
    private readonly string prefix;

    private protected Snippet(Bundle bundle, string prefix, StructType type)
    {
        this.bundle = bundle;
        this.prefix = prefix;
        Type = bundle.Add(prefix, type);
        Location = new ReferenceType(TypeKind.IRef, Type);
    }

    /// <summary>The type of the primitive's memory.</summary>
    public StructType Type { get; }

    /// <summary>iref to <see cref="Type"/>: the first parameter of every function.</summary>
    public ReferenceType Location { get; }

    private protected Function Declare(string name, MuType[] parameters, params MuType[] results) =>
        bundle.AddFunction($"{prefix}.{name}", bundle.AddSignature($"{prefix}.{name}.sig", new FunctionSignature(parameters, results)));

    private protected Function Define(Function function, Action<FunctionBuilder, IReadOnlyList<Value>> body)
    {
        var builder = new FunctionBuilder(bundle, function, $"{function.Name}.v1");
        body(builder, builder.Parameters);
        builder.Finish();
        return function;
    }

    private protected Function Define(string name, MuType[] parameters, MuType[] results, Action<FunctionBuilder, IReadOnlyList<Value>> body) =>
        Define(Declare(name, parameters, results), body);
}
