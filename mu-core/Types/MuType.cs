namespace Mu.Core.Types;

/// <summary>The type constructors of the Mu specification.</summary>
public enum TypeKind : byte
{
    /// <summary><c>int&lt;n&gt;</c></summary>
    Int,
    /// <summary><c>float</c>, IEEE 754 binary32</summary>
    Float,
    /// <summary><c>double</c>, IEEE 754 binary64</summary>
    Double,
    /// <summary><c>uptr&lt;T&gt;</c>, an untraced pointer</summary>
    UPtr,
    /// <summary><c>ufuncptr&lt;sig&gt;</c>, an untraced function pointer</summary>
    UFuncPtr,
    /// <summary><c>struct&lt;T1 …&gt;</c></summary>
    Struct,
    /// <summary><c>hybrid&lt;F1 … V&gt;</c>: fixed fields and a variable part</summary>
    Hybrid,
    /// <summary><c>array&lt;T n&gt;</c></summary>
    Array,
    /// <summary><c>vector&lt;T n&gt;</c></summary>
    Vector,
    /// <summary><c>void</c></summary>
    Void,
    /// <summary><c>ref&lt;T&gt;</c></summary>
    Ref,
    /// <summary><c>iref&lt;T&gt;</c>, an internal reference to a memory location</summary>
    IRef,
    /// <summary><c>weakref&lt;T&gt;</c></summary>
    WeakRef,
    /// <summary><c>tagref64</c>: a double, an int&lt;52&gt; or a tagged reference</summary>
    TagRef64,
    /// <summary><c>funcref&lt;sig&gt;</c></summary>
    FuncRef,
    /// <summary><c>threadref</c></summary>
    ThreadRef,
    /// <summary><c>stackref</c></summary>
    StackRef,
    /// <summary><c>framecursorref</c></summary>
    FrameCursorRef,
    /// <summary><c>irbuilderref</c></summary>
    IRBuilderRef,
}

/// <summary>
/// A Mu type. Types are compared by structure (<see cref="TypeEquality"/>), since a bundle may name one structure twice
/// and recursive types go through references.
/// </summary>
public abstract class MuType : IR.Entity
{
    private protected MuType(TypeKind kind) => Kind = kind;

    /// <summary>The constructor that made this type.</summary>
    public TypeKind Kind { get; }

    /// <summary>int, FP, pointers, general references and tagref64.</summary>
    public bool IsScalar => Kind is not (TypeKind.Struct or TypeKind.Hybrid or TypeKind.Array or TypeKind.Vector or TypeKind.Void);

    /// <summary>A scalar that is one machine word: all but integers of more than 64 bits, which are two words, the low one first.</summary>
    internal bool IsWord => IsScalar && this is not IntType { Bits: > 64 };

    /// <summary>An integer of two words.</summary>
    internal bool IsWideInt => this is IntType { Bits: > 64 };

    /// <summary>float or double.</summary>
    public bool IsFloatingPoint => Kind is TypeKind.Float or TypeKind.Double;

    /// <summary>uptr or ufuncptr.</summary>
    public bool IsPointer => Kind is TypeKind.UPtr or TypeKind.UFuncPtr;

    /// <summary>References that the specification calls opaque: they name something inside the micro VM.</summary>
    public bool IsOpaqueReference =>
        Kind is TypeKind.FuncRef or TypeKind.ThreadRef or TypeKind.StackRef or TypeKind.FrameCursorRef or TypeKind.IRBuilderRef;

    /// <summary>ref, iref, weakref or an opaque reference.</summary>
    public bool IsGeneralReference => Kind is TypeKind.Ref or TypeKind.IRef or TypeKind.WeakRef || IsOpaqueReference;

    /// <summary>Whether EQ and NE accept the type.</summary>
    public bool IsEqComparable => Kind is TypeKind.Int or TypeKind.Ref or TypeKind.IRef || IsPointer || IsOpaqueReference;

    /// <summary>Whether ULT and its kin accept the type.</summary>
    public bool IsUltComparable => Kind is TypeKind.Int or TypeKind.IRef || IsPointer;

    /// <summary>The canonical text of the type's structure, with named components by name.</summary>
    public abstract string Describe();

    /// <inheritdoc/>
    public override string ToString() => Name ?? Describe();
}

/// <summary><c>int&lt;n&gt;</c>. Without sign: operations have one.</summary>
public sealed class IntType : MuType
{
    /// <summary>The widths that occur everywhere, shared.</summary>
    public static readonly IntType I1 = new(1), I6 = new(6), I8 = new(8), I16 = new(16), I32 = new(32), I52 = new(52), I64 = new(64);

    /// <summary>The shared instance of a width, if there is one.</summary>
    internal static IntType? Shared(int bits) => bits switch { 1 => I1, 6 => I6, 8 => I8, 16 => I16, 32 => I32, 52 => I52, 64 => I64, _ => null };

    /// <summary>An integer of <paramref name="bits"/> bits: 1 to 64, or 128.</summary>
    public IntType(int bits) : base(TypeKind.Int) => Bits = bits;

    /// <summary>Width in bits.</summary>
    public int Bits { get; }

    /// <summary>All-ones of the width (of the low 64 bits for wider types).</summary>
    public ulong Mask => Bits >= 64 ? ulong.MaxValue : (1UL << Bits) - 1;

    /// <inheritdoc/>
    public override string Describe() => $"int<{Bits}>";
}

/// <summary>Types without parameters: float, double, void, tagref64, threadref, stackref, framecursorref, irbuilderref.</summary>
public sealed class SimpleType : MuType
{
    /// <summary>The shared instances.</summary>
    public static readonly SimpleType Float = new(TypeKind.Float), Double = new(TypeKind.Double), Void = new(TypeKind.Void),
        TagRef64 = new(TypeKind.TagRef64), ThreadRef = new(TypeKind.ThreadRef), StackRef = new(TypeKind.StackRef),
        FrameCursorRef = new(TypeKind.FrameCursorRef), IRBuilderRef = new(TypeKind.IRBuilderRef);

    /// <summary>The shared instance of a kind.</summary>
    internal static SimpleType Shared(TypeKind kind) => kind switch
    {
        TypeKind.Float => Float,
        TypeKind.Double => Double,
        TypeKind.Void => Void,
        TypeKind.TagRef64 => TagRef64,
        TypeKind.ThreadRef => ThreadRef,
        TypeKind.StackRef => StackRef,
        TypeKind.FrameCursorRef => FrameCursorRef,
        TypeKind.IRBuilderRef => IRBuilderRef,
        _ => throw new ArgumentException($"{kind} takes parameters"),
    };

    /// <summary>A type of a kind that takes no parameters.</summary>
    public SimpleType(TypeKind kind) : base(kind) { }

    /// <inheritdoc/>
    public override string Describe() => Kind switch
    {
        TypeKind.Float => "float",
        TypeKind.Double => "double",
        TypeKind.Void => "void",
        TypeKind.TagRef64 => "tagref64",
        TypeKind.ThreadRef => "threadref",
        TypeKind.StackRef => "stackref",
        TypeKind.FrameCursorRef => "framecursorref",
        TypeKind.IRBuilderRef => "irbuilderref",
        _ => throw new InvalidOperationException($"{Kind} takes parameters"),
    };
}

/// <summary>ref, iref, weakref and uptr: types with a referent. The referent may be set after construction, for cyclic types.</summary>
public sealed class ReferenceType : MuType
{
    private MuType? referent;

    /// <summary>A reference type of kind Ref, IRef, WeakRef or UPtr; leave <paramref name="referent"/> null to set it later.</summary>
    public ReferenceType(TypeKind kind, MuType? referent = null) : base(kind) => this.referent = referent;

    /// <summary>What is referred to.</summary>
    public MuType Referent
    {
        get => referent ?? throw new InvalidOperationException($"type {Name}: referent not set yet");
        set => referent = value;
    }

    /// <summary>Whether the parts are set.</summary>
    internal bool IsComplete => referent is not null;

    /// <inheritdoc/>
    public override string Describe() => Kind switch
    {
        TypeKind.Ref => $"ref<{Referent}>",
        TypeKind.IRef => $"iref<{Referent}>",
        TypeKind.WeakRef => $"weakref<{Referent}>",
        _ => $"uptr<{Referent}>",
    };
}

/// <summary>funcref and ufuncptr: types with a signature.</summary>
public sealed class FunctionReferenceType : MuType
{
    private FunctionSignature? signature;

    /// <summary>A function reference type of kind FuncRef or UFuncPtr; leave <paramref name="signature"/> null to set it later.</summary>
    public FunctionReferenceType(TypeKind kind, FunctionSignature? signature = null) : base(kind) => this.signature = signature;

    /// <summary>The signature of the functions referred to.</summary>
    public FunctionSignature Signature
    {
        get => signature ?? throw new InvalidOperationException($"type {Name}: signature not set yet");
        set => signature = value;
    }

    /// <summary>Whether the parts are set.</summary>
    internal bool IsComplete => signature is not null;

    /// <inheritdoc/>
    public override string Describe() => Kind == TypeKind.FuncRef ? $"funcref<{Signature}>" : $"ufuncptr<{Signature}>";
}

/// <summary><c>struct&lt;T1 …&gt;</c>. Fields may be set after construction, for cyclic types.</summary>
public sealed class StructType : MuType
{
    private MuType[] fields;

    /// <summary>A struct of these fields, in order.</summary>
    public StructType(params MuType[] fields) : base(TypeKind.Struct) => this.fields = fields;

    /// <summary>The fields, in order; at least one in a well-formed bundle.</summary>
    public IReadOnlyList<MuType> Fields => fields;

    /// <summary>Sets the fields of a struct made before the types that it is made of.</summary>
    public void SetFields(params MuType[] value) => fields = value;

    /// <inheritdoc/>
    public override string Describe() => $"struct<{string.Join(' ', fields.AsEnumerable())}>";
}

/// <summary><c>hybrid&lt;F1 … V&gt;</c>: the only type of variable length. It lives in memory only.</summary>
public sealed class HybridType : MuType
{
    private MuType[] fixedFields;
    private MuType? element;

    /// <summary>A hybrid with these fixed fields (none is fine) and this element of the variable part.</summary>
    public HybridType(MuType[] fixedFields, MuType? element) : base(TypeKind.Hybrid)
    {
        this.fixedFields = fixedFields;
        this.element = element;
    }

    /// <summary>The fixed part's fields.</summary>
    public IReadOnlyList<MuType> FixedFields => fixedFields;

    /// <summary>The variable part's element type.</summary>
    public MuType Element => element ?? throw new InvalidOperationException($"type {Name}: element not set yet");

    /// <summary>Whether the parts are set.</summary>
    internal bool IsComplete => element is not null;

    /// <summary>Sets the parts of a hybrid made before the types that it is made of.</summary>
    public void SetParts(MuType[] fixedPart, MuType variablePart)
    {
        fixedFields = fixedPart;
        element = variablePart;
    }

    /// <inheritdoc/>
    public override string Describe() => $"hybrid<{string.Join(' ', fixedFields.Append(Element))}>";
}

/// <summary><c>array&lt;T n&gt;</c> and <c>vector&lt;T n&gt;</c>.</summary>
public sealed class SequenceType : MuType
{
    private MuType? element;

    /// <summary>A sequence of kind Array or Vector; leave <paramref name="element"/> null to set it later.</summary>
    public SequenceType(TypeKind kind, MuType? element, ulong length) : base(kind)
    {
        this.element = element;
        Length = length;
    }

    /// <summary>The element type.</summary>
    public MuType Element
    {
        get => element ?? throw new InvalidOperationException($"type {Name}: element not set yet");
        set => element = value;
    }

    /// <summary>Whether the parts are set.</summary>
    internal bool IsComplete => element is not null;

    /// <summary>Number of elements, at least 1.</summary>
    public ulong Length { get; }

    /// <inheritdoc/>
    public override string Describe() => $"{(Kind == TypeKind.Array ? "array" : "vector")}<{Element} {Length}>";
}

/// <summary>A function signature: parameter types and zero or more result types.</summary>
public sealed class FunctionSignature : IR.Entity
{
    private MuType[] parameters, results;

    /// <summary>A signature.</summary>
    public FunctionSignature(MuType[] parameters, MuType[] results)
    {
        this.parameters = parameters;
        this.results = results;
    }

    /// <summary>Types of the parameters.</summary>
    public IReadOnlyList<MuType> Parameters => parameters;

    /// <summary>Types of the results.</summary>
    public IReadOnlyList<MuType> Results => results;

    /// <summary>Sets the types of a signature made before the types that it is made of.</summary>
    public void SetTypes(MuType[] parameterTypes, MuType[] resultTypes)
    {
        parameters = parameterTypes;
        results = resultTypes;
    }

    /// <summary>The canonical text of the signature.</summary>
    public string Describe() => $"({string.Join(' ', parameters.AsEnumerable())}) -> ({string.Join(' ', results.AsEnumerable())})";

    /// <inheritdoc/>
    public override string ToString() => Name ?? Describe();
}
