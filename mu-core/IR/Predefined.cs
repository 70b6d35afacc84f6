using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>Types and signatures that every micro VM has (specification, chapter "Common Instructions"), and our own for lists of ids. Texts may refer to them without defining them.</summary>
public static class Predefined
{
    /// <summary><c>@uvm.meta.bytes</c>: a length and bytes, for texts in UTF-8.</summary>
    public static readonly HybridType Bytes = new([IntType.I64], IntType.I8) { Name = "uvm.meta.bytes" };

    /// <summary><c>@uvm.meta.bytes.r</c></summary>
    public static readonly ReferenceType BytesRef = new(TypeKind.Ref, Bytes) { Name = "uvm.meta.bytes.r" };

    /// <summary><c>ref&lt;void&gt;</c></summary>
    public static readonly ReferenceType RefVoid = new(TypeKind.Ref, SimpleType.Void);

    /// <summary><c>@uvm.meta.refs</c>: a length and references.</summary>
    public static readonly HybridType Refs = new([IntType.I64], RefVoid) { Name = "uvm.meta.refs" };

    /// <summary><c>@uvm.meta.refs.r</c></summary>
    public static readonly ReferenceType RefsRef = new(TypeKind.Ref, Refs) { Name = "uvm.meta.refs.r" };

    /// <summary><c>@uvm.meta.trap_handler.sig</c>: the trapped stack, the watchpoint's number (0 for TRAP), and what was given with the handler.</summary>
    public static readonly FunctionSignature TrapHandlerSignature = new([SimpleType.StackRef, IntType.I32, RefVoid], []) { Name = "uvm.meta.trap_handler.sig" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Entity> All { get; } = [Bytes, BytesRef, Refs, RefsRef, TrapHandlerSignature];

    private static readonly Dictionary<string, Entity> Names = All.ToDictionary(e => e.Name!);

    /// <summary>The entity of a name without sigil, or null.</summary>
    public static Entity? Find(string name) => Names.GetValueOrDefault(name);
}
