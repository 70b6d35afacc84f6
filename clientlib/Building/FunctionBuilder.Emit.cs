using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Building;

// Instructions that compute: each method is one instruction of the specification, type-checked as far as the types tell.
public sealed partial class FunctionBuilder
{
    /// <summary>Appends an instruction whose operands are visible here. Inside a <see cref="Try(Label)"/>, one that can raise an exception gets an EXC clause,
    /// and construction goes on in its normal destination.</summary>
    public T Emit<T>(T instruction, bool canRaise = false) where T : Instruction
    {
        var label = Current;
        instruction.SourceTag = SourceTag;
        label.Block.Instructions.Add(instruction);
        foreach (var result in instruction.Results)
        {
            result.Name = LocalName(null);
            Adopt(result, label);
        }
        if (canRaise && handlers.Count > 0) EndWithException(instruction, label, handlers[^1]);
        return instruction;
    }

    private void EndWithException(Instruction instruction, Label label, Label handler)
    {
        var next = NewLabel("normal");
        var normal = new Destination(next.Block);
        var exceptional = new Destination(handler.Pad!.Block);
        instruction.SetExceptionClause(normal, exceptional);
        AddEdge(label, normal, next, []);
        AddEdge(label, exceptional, handler.Pad, []);
        current = null;
        PlaceSealed(next);
    }

    /// <summary>A binary operation.</summary>
    public Value Binary(BinaryOp op, Value left, Value right)
    {
        Require(right, left.Type, op.ToString());
        var instruction = new BinaryInstruction(op, left.Type, Use(left), Use(right));
        return Emit(instruction, canRaise: instruction.IsIntegerDivision).Result;
    }

    /// <summary>A binary operation with one status flag, which is the second result.</summary>
    public (Value Result, Value Flag) BinaryWithFlag(BinaryOp op, Value left, Value right, StatusFlags flag)
    {
        Require(right, left.Type, op.ToString());
        var instruction = Emit(new BinaryInstruction(op, left.Type, Use(left), Use(right), flag));
        return (instruction.Results[0], instruction.Results[1]);
    }

    /// <summary>ADD</summary>
    public Value Add(Value left, Value right) => Binary(BinaryOp.Add, left, right);

    /// <summary>SUB</summary>
    public Value Sub(Value left, Value right) => Binary(BinaryOp.Sub, left, right);

    /// <summary>MUL</summary>
    public Value Mul(Value left, Value right) => Binary(BinaryOp.Mul, left, right);

    /// <summary>AND</summary>
    public Value And(Value left, Value right) => Binary(BinaryOp.And, left, right);

    /// <summary>OR</summary>
    public Value Or(Value left, Value right) => Binary(BinaryOp.Or, left, right);

    /// <summary>XOR</summary>
    public Value Xor(Value left, Value right) => Binary(BinaryOp.Xor, left, right);

    /// <summary>Logical negation of an int&lt;1&gt;.</summary>
    public Value Not(Value condition) => Binary(BinaryOp.Xor, condition, Constant(IntType.I1, 1));

    /// <summary>A comparison.</summary>
    public Value Compare(CompareOp op, Value left, Value right)
    {
        Require(right, left.Type, op.ToString());
        return Emit(new CompareInstruction(op, left.Type, Use(left), Use(right))).Result;
    }

    /// <summary>EQ</summary>
    public Value Eq(Value left, Value right) => Compare(CompareOp.Eq, left, right);

    /// <summary>NE</summary>
    public Value Ne(Value left, Value right) => Compare(CompareOp.Ne, left, right);

    /// <summary>EQ with NULL.</summary>
    public Value IsNull(Value reference) => Compare(CompareOp.Eq, reference, Null(reference.Type));

    /// <summary>A conversion.</summary>
    public Value Convert(ConvertOp op, MuType to, Value operand) => Emit(new ConvertInstruction(op, operand.Type, to, Use(operand))).Result;

    /// <summary>TRUNC, ZEXT or nothing: an integer as a <paramref name="to"/>, unsigned.</summary>
    public Value ToUnsigned(IntType to, Value operand)
    {
        int from = ((IntType)operand.Type).Bits;
        return from == to.Bits ? Use(operand) : Convert(from > to.Bits ? ConvertOp.Trunc : ConvertOp.ZExt, to, operand);
    }

    /// <summary>TRUNC, SEXT or nothing: an integer as a <paramref name="to"/>, signed.</summary>
    public Value ToSigned(IntType to, Value operand)
    {
        int from = ((IntType)operand.Type).Bits;
        return from == to.Bits ? Use(operand) : Convert(from > to.Bits ? ConvertOp.Trunc : ConvertOp.SExt, to, operand);
    }

    /// <summary>REFCAST of a ref.</summary>
    public Value CastRef(Value reference, MuType referenceType) => Convert(ConvertOp.RefCast, referenceType, reference);

    /// <summary>SELECT on an int&lt;1&gt;.</summary>
    public Value Select(Value condition, Value ifTrue, Value ifFalse)
    {
        Require(condition, IntType.I1, nameof(Select));
        Require(ifFalse, ifTrue.Type, nameof(Select));
        return Emit(new SelectInstruction(IntType.I1, ifTrue.Type, Use(condition), Use(ifTrue), Use(ifFalse))).Result;
    }

    /// <summary>A common instruction with at most one result; null when it has none.</summary>
    public Value? Common(CommonOp op, MuType[] types, params ReadOnlySpan<Value> arguments)
    {
        var instruction = Emit(new CommonInstruction(op, [], types, [], UseAll(arguments)));
        return instruction.Results.Length == 0 ? null : instruction.Result;
    }

    /// <summary>A common instruction without type arguments that has one result.</summary>
    public Value Common(CommonOp op, params ReadOnlySpan<Value> arguments) => Emit(new CommonInstruction(op, UseAll(arguments))).Result;

    private Value[] UseAll(ReadOnlySpan<Value> values)
    {
        var used = new Value[values.Length];
        for (int i = 0; i < used.Length; i++) used[i] = Use(values[i]);
        return used;
    }
}
