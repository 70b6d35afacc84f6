using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Tagged;

/// <summary>
/// Dynamically typed values in <c>tagref64</c>: tests, boxing and unboxing, and arithmetic with a way out, written at the current place of a builder.
/// A language decides which of the 64 reference tags mean what; constants such as nil or true are NULL with a tag (<see cref="NullWord"/>).
/// </summary>
public sealed class TaggedValues(FunctionBuilder builder)
{
    /// <summary>The word of NULL with a tag: a constant of a language.</summary>
    public static ulong NullWord(int tag) => TagRef64.FromRef(0, tag);

    /// <summary>Whether it is an int&lt;52&gt;.</summary>
    public Value IsInt(Value value) => builder.Common(CommonOp.TagRefIsInt, value);

    /// <summary>Whether it is a double.</summary>
    public Value IsDouble(Value value) => builder.Common(CommonOp.TagRefIsDouble, value);

    /// <summary>Whether it is a reference, with whatever tag.</summary>
    public Value IsRef(Value value) => builder.Common(CommonOp.TagRefIsRef, value);

    /// <summary>Whether both are int&lt;52&gt;: one test in compiled code.</summary>
    public Value BothInt(Value left, Value right) => builder.And(IsInt(left), IsInt(right));

    /// <summary>Whether it is a reference with this tag: one test in compiled code. (The tag of what is no reference is arbitrary bits, hence the AND.)</summary>
    public Value HasTag(Value value, int tag) =>
        builder.And(IsRef(value), builder.Eq(builder.Common(CommonOp.TagRefToTag, value), builder.Constant(IntType.I6, (ulong)tag)));

    /// <summary>Whether two words are the same: the same reference and tag, the same int, or the same double (for doubles this is not FP equality).</summary>
    public Value Same(Value left, Value right) => builder.Common(CommonOp.TagRefSame, left, right);

    /// <summary>The int&lt;52&gt; of a value known to hold one.</summary>
    public Value ToInt(Value value) => builder.Common(CommonOp.TagRefToInt, value);

    /// <summary>The integer of a value known to hold one, as int&lt;64&gt;.</summary>
    public Value ToInt64(Value value) => builder.ToSigned(IntType.I64, ToInt(value));

    /// <summary>Boxes an int&lt;52&gt;.</summary>
    public Value FromInt(Value value) => builder.Common(CommonOp.TagRefFromInt, value);

    /// <summary>Boxes an int&lt;64&gt; that fits 52 bits; goes to <paramref name="tooWide"/> when it does not.</summary>
    public Value FromInt64(Value value, Label tooWide)
    {
        var narrow = builder.Convert(ConvertOp.Trunc, IntType.I52, value);
        builder.BranchUnless(builder.Eq(builder.Convert(ConvertOp.SExt, IntType.I64, narrow), value), tooWide);
        return FromInt(narrow);
    }

    /// <summary>The double of a value known to hold one.</summary>
    public Value ToDouble(Value value) => builder.Common(CommonOp.TagRefToDouble, value);

    /// <summary>Boxes a double.</summary>
    public Value FromDouble(Value value) => builder.Common(CommonOp.TagRefFromDouble, value);

    /// <summary>The reference of a value known to hold one, as a <paramref name="referenceType"/>.</summary>
    public Value ToRef(Value value, ReferenceType referenceType) => builder.CastRef(builder.Common(CommonOp.TagRefToRef, value), referenceType);

    /// <summary>Boxes a reference with a tag.</summary>
    public Value FromRef(Value reference, int tag) =>
        builder.Common(CommonOp.TagRefFromRef, builder.CastRef(reference, WellKnownTypes.RefVoid), builder.Constant(IntType.I6, (ulong)tag));

    /// <summary>ADD, SUB or MUL of two values known to hold integers; goes to <paramref name="overflow"/> when the result has more than 52 bits.</summary>
    public Value IntArithmetic(BinaryOp op, Value left, Value right, Label overflow)
    {
        var (result, overflows) = builder.BinaryWithFlag(op, ToInt(left), ToInt(right), StatusFlags.V);
        builder.BranchIf(overflows, overflow);
        return FromInt(result);
    }

    /// <summary>FADD, FSUB, FMUL, FDIV or FREM of two values known to hold doubles.</summary>
    public Value DoubleArithmetic(BinaryOp op, Value left, Value right) => FromDouble(builder.Binary(op, ToDouble(left), ToDouble(right)));

    /// <summary>A number as a double: the double itself, or the converted int; goes to <paramref name="notNumber"/> for a reference.</summary>
    public Value ToDoubleFromNumber(Value value, Label notNumber)
    {
        var result = builder.NewVariable(SimpleType.Double);
        var isInt = builder.NewLabel();
        var notInt = builder.NewLabel();
        var end = builder.NewLabel();
        builder.Branch(IsInt(value), isInt, notInt);
        builder.PlaceSealed(isInt);
        builder.Write(result, builder.Convert(ConvertOp.SIToFP, SimpleType.Double, ToInt64(value)));
        builder.Jump(end);
        builder.PlaceSealed(notInt);
        builder.BranchIf(IsRef(value), notNumber);
        builder.Write(result, ToDouble(value));
        builder.PlaceSealed(end);
        return builder.Read(result);
    }
}
