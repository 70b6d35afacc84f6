using Antlr4.Runtime;
using Mu.Core.Generated;
using Mu.Core.Types;
using static Mu.Core.Generated.MuIRParser;

namespace Mu.Core.Text;

/// <summary>Types and signatures. Named ones are made empty first and filled afterwards, since they may be cyclic and may be used before their definition.</summary>
internal sealed class TypeReader(SyntaxErrors errors, Func<string, IR.Entity?> find)
{
    public MuType Read(TypeContext context)
    {
        if (context.GLOBAL() is { } name)
        {
            if (find(name.GetText()[1..]) is MuType type) return type;
            errors.Add(name.Symbol, $"{name.GetText()} is no type of this bundle or an earlier one");
            return SimpleType.Void;
        }
        MuType made = Make(context.typeConstructor());
        Fill(made, context.typeConstructor());
        return made;
    }

    public MuType[] Read(TypeListContext context) => Array.ConvertAll(context.type(), Read);

    public FunctionSignature Read(SignatureRefContext context)
    {
        if (context.GLOBAL() is not { } name)
        {
            SignatureContext inline = context.signature();
            return new FunctionSignature(Read(inline.typeList(0)), Read(inline.typeList(1)));
        }
        if (find(name.GetText()[1..]) is FunctionSignature signature) return signature;
        errors.Add(name.Symbol, $"{name.GetText()} is no signature of this bundle or an earlier one");
        return new FunctionSignature([], []);
    }

    public MuType Make(TypeConstructorContext context) => context switch
    {
        IntConstructorContext c => new IntType((int)Math.Min(Literals.Unsigned(c.INT().Symbol, errors), int.MaxValue)),
        SimpleConstructorContext c => new SimpleType(Enum.Parse<TypeKind>(c.simple.Text, ignoreCase: true)),
        ReferenceConstructorContext c => new ReferenceType(Enum.Parse<TypeKind>(c.kind.Text, ignoreCase: true)),
        FunctionReferenceConstructorContext c => new FunctionReferenceType(Enum.Parse<TypeKind>(c.kind.Text, ignoreCase: true)),
        StructConstructorContext => new StructType(),
        HybridConstructorContext => new HybridType([], null),
        SequenceConstructorContext c =>
            new SequenceType(Enum.Parse<TypeKind>(c.kind.Text, ignoreCase: true), null, Literals.Unsigned(c.INT().Symbol, errors)),
        _ => throw new InvalidOperationException($"type constructor {context.GetText()}"),
    };

    public void Fill(MuType type, TypeConstructorContext context)
    {
        switch (context)
        {
            case ReferenceConstructorContext c: ((ReferenceType)type).Referent = Read(c.type()); break;
            case FunctionReferenceConstructorContext c: ((FunctionReferenceType)type).Signature = Read(c.signatureRef()); break;
            case StructConstructorContext c: ((StructType)type).SetFields(Array.ConvertAll(c.type(), Read)); break;
            case SequenceConstructorContext c: ((SequenceType)type).Element = Read(c.type()); break;
            case HybridConstructorContext c:
                MuType[] parts = Array.ConvertAll(c.type(), Read);
                ((HybridType)type).SetParts(parts[..^1], parts[^1]);
                break;
        }
    }
}
