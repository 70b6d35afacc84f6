using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.RPython.Annotation;
using Mu.RPython.Flow;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Lowering;

// Operations.
internal sealed partial class FunctionLowering
{
    private Value Lower(Operation o)
    {
        var result = TypeOf(o.Result);
        if (o.Plan is { } plan && o.Code is not (OpCode.Compare or OpCode.Iterate)) return Lower(plan, o);
        switch (o.Code)
        {
            case OpCode.Binary: return Binary(o, result);
            case OpCode.BinaryChecked: return Checked(o.Operator, Get(o.Operands[0], SomeInteger.Any), Get(o.Operands[1], SomeInteger.Any));
            case OpCode.Unary: return Unary(o, result);
            case OpCode.UnaryChecked: return Checked(Operator.Subtract, b.Int64(0), Get(o.Operands[0], SomeInteger.Any));
            case OpCode.Compare: return Compare(o);
            case OpCode.Truth: return Truth(o.Operands[0]);
            case OpCode.Not: return b.Not(Get(o.Operands[0], SomeBool.Any));
            case OpCode.Str: return Str(o, result);
            case OpCode.GetAttribute: return GetAttribute(o, result);
            case OpCode.SetAttribute: return SetAttribute(o);
            case OpCode.GetItem: return GetItem(o);
            case OpCode.SetItem: return SetItem(o);
            case OpCode.GetSlice: return SliceOfTuple(o);
            case OpCode.NewList:
                PollFinalizers();
                return NewList(o);
            case OpCode.NewTuple:
                // One that is only taken apart again is not made.
                if (!used.Contains(o.Result)) return Zero(Types.Of(result));
                var tuple = (SomeTuple)result;
                return NewTuple(tuple, [.. o.Operands.Select((x, i) => Get(x, tuple.Items[i]))]);
            case OpCode.NewDict:
                PollFinalizers();
                return NewDict((SomeDict)result);
            case OpCode.Append:
                Append(Get(o.Operands[0]), (SomeList)TypeOf(o.Operands[0]), new PlannedArgument(o.Operands[1]));
                return Zero(Types.Of(result));
            case OpCode.Iterate: return Iterate(o);
            case OpCode.NarrowToInstance or OpCode.NarrowToObject or OpCode.NarrowToNone or OpCode.NarrowToAtLeast: return Convert(values.TryGetValue((FlowVariable)o.Operands[0], out var v) ? v : Get(o.Operands[0]), TypeOf(o.Operands[0]), result);
            case OpCode.Matches: return IsInstance(Get(o.Operands[0]), [(PyClass)o.Detail!], isNullable: false);
            case OpCode.ToException: return Get(o.Operands[0], result);
            case OpCode.Call: throw Error("a call was not planned");
            default: throw new InvalidOperationException($"no rule for {o.Code}");
        }
    }

    // Arithmetic.

    private Value Binary(Operation o, SomeValue result)
    {
        switch (result)
        {
            case SomeFloat: return FloatBinary(o.Operator, Get(o.Operands[0], SomeFloat.Any), Get(o.Operands[1], SomeFloat.Any));
            case SomeInteger i:
                bool positive = IsNonNegative(o.Operands[0]) && IsNonNegative(o.Operands[1]);
                return Wrap(IntBinary(o.Operator, AsInt(o.Operands[0], i.Kind), AsInt(o.Operands[1], i.Kind), i.Kind, positive), i.Kind);
            case SomeTuple t:
                var (left, right) = ((SomeTuple)TypeOf(o.Operands[0]), (SomeTuple)TypeOf(o.Operands[1]));
                Value a = Get(o.Operands[0]), c = Get(o.Operands[1]);
                return NewTuple(t, [.. left.Items.Select((_, i) => TupleItem(a, left, i)), .. right.Items.Select((_, i) => TupleItem(c, right, i))]);
            default: throw Error($"{o.Operator} of {TypeOf(o.Operands[0])} and {TypeOf(o.Operands[1])}");
        }
    }

    private Value AsInt(Operand operand, IntegerKind kind) => Get(operand, !kind.IsWide && TypeOf(operand) is SomeInteger i ? i with { Constant = null } : new SomeInteger(kind, false));

    private bool IsNonNegative(Operand operand) => TypeOf(operand) is SomeBool or SomeInteger { IsNonNegative: true };

    private Value FloatBinary(Operator op, Value a, Value c)
    {
        if (op == Operator.Divide) Require(b.Compare(CompareOp.FUne, c, b.Double(0)), "ZeroDivisionError");
        return b.Binary(op switch { Operator.Add => BinaryOp.FAdd, Operator.Subtract => BinaryOp.FSub, Operator.Multiply => BinaryOp.FMul, _ => BinaryOp.FDiv }, a, c);
    }

    private Value IntBinary(Operator op, Value a, Value c, IntegerKind kind, bool bothPositive)
    {
        switch (op)
        {
            case Operator.Add: return b.Add(a, c);
            case Operator.Subtract: return b.Sub(a, c);
            case Operator.Multiply: return b.Mul(a, c);
            case Operator.And: return b.And(a, c);
            case Operator.Or: return b.Or(a, c);
            case Operator.Xor: return b.Xor(a, c);
            // A constant shifted out: zero, as C compilers compute it, where code shifts by a count modulo the width.
            case Operator.ShiftLeft when a is IntConstant && c is IntConstant { Value: >= 64 } && !kind.IsWide: return Zero(a.Type);
            case Operator.ShiftLeft: return b.Binary(BinaryOp.Shl, a, c);
            case Operator.ShiftRight: return b.Binary(kind.IsSigned ? BinaryOp.AShr : BinaryOp.LShr, a, c);
            case Operator.FloorDivide or Operator.Divide or Operator.Modulo: return Divide(op == Operator.Modulo, a, c, kind, bothPositive);
            default: throw Error($"{op} of ints");
        }
    }

    /// <summary>Division and modulo toward minus infinity.</summary>
    private Value Divide(bool isModulo, Value a, Value c, IntegerKind kind, bool bothPositive)
    {
        if (c is IntConstant { High: 0, Value: var divisor } && divisor is > 0 and <= long.MaxValue)
        {
            if (System.Numerics.BitOperations.IsPow2(divisor) && kind.IsSigned)
                return isModulo ? b.And(a, b.Constant(a.Type, divisor - 1)) : b.Binary(BinaryOp.AShr, a, b.Constant(a.Type, (ulong)System.Numerics.BitOperations.TrailingZeroCount(divisor)));
        }
        else Require(b.Ne(c, Zero(c.Type)), "ZeroDivisionError");
        if (!kind.IsSigned) return b.Binary(isModulo ? BinaryOp.URem : BinaryOp.UDiv, a, c);
        if (bothPositive) return b.Binary(isModulo ? BinaryOp.SRem : BinaryOp.SDiv, a, c);
        if (isModulo)
        {
            var remainder = b.Binary(BinaryOp.SRem, a, c);
            return b.Select(Differs(remainder, c), b.Add(remainder, c), remainder);
        }
        var quotient = b.Binary(BinaryOp.SDiv, a, c);
        var rest = b.Sub(a, b.Mul(quotient, c));
        return b.Select(Differs(rest, c), b.Sub(quotient, b.Constant(a.Type, 1)), quotient);
    }

    /// <summary>Whether a remainder is not zero and has another sign than the divisor.</summary>
    private Value Differs(Value remainder, Value divisor) =>
        b.And(b.Ne(remainder, Zero(remainder.Type)), b.Compare(CompareOp.Slt, b.Xor(remainder, divisor), Zero(remainder.Type)));

    private Value Checked(Operator op, Value a, Value c)
    {
        switch (op)
        {
            case Operator.Add or Operator.Subtract or Operator.Multiply:
                var (result, overflow) = b.BinaryWithFlag(op switch { Operator.Add => BinaryOp.Add, Operator.Subtract => BinaryOp.Sub, _ => BinaryOp.Mul }, a, c, StatusFlags.V);
                Require(b.Not(overflow), "OverflowError");
                return result;
            case Operator.ShiftLeft:
                var shifted = b.Binary(BinaryOp.Shl, a, c);
                Require(b.Eq(b.Binary(BinaryOp.AShr, shifted, c), a), "OverflowError");
                return shifted;
            default:
                Require(b.Not(b.And(b.Eq(a, b.Int64(long.MinValue)), b.Eq(c, b.Int64(-1)))), "OverflowError");
                return Divide(op == Operator.Modulo, a, c, IntegerKind.Signed, false);
        }
    }

    private Value Unary(Operation o, SomeValue result)
    {
        if (result is SomeFloat)
        {
            var value = Get(o.Operands[0], SomeFloat.Any);
            return o.Operator == Operator.Negate ? b.Binary(BinaryOp.FSub, b.Double(-0.0), value) : value;
        }
        var kind = ((SomeInteger)result).Kind;
        var number = AsInt(o.Operands[0], kind);
        return Wrap(o.Operator switch { Operator.Negate => b.Sub(Zero(number.Type), number), Operator.Invert => b.Xor(number, kind.IsWide ? Wide(-1) : b.Int64(-1)), _ => number }, kind);
    }

    // Comparison.

    private Value Compare(Operation o)
    {
        var result = TypeOf(o.Result);
        if (result.Constant is bool known) return b.Bool(known);
        if (o.Plan is { } plan) return Lower(plan, o);
        var (x, y) = (TypeOf(o.Operands[0]), TypeOf(o.Operands[1]));
        bool isNegated = o.Operator is Operator.NotEqual or Operator.IsNot;
        if (x is SomeNone || y is SomeNone)
        {
            var (operand, type) = x is SomeNone ? (o.Operands[1], y) : (o.Operands[0], x);
            var isNone = IsNone(Get(operand), type);
            return isNegated ? b.Not(isNone) : isNone;
        }
        if (x is SomeInteger or SomeBool && y is SomeInteger or SomeBool) return CompareInts(o.Operator, o.Operands[0], o.Operands[1]);
        if (x is SomeFloat or SomeInteger or SomeBool && y is SomeFloat or SomeInteger or SomeBool)
            return b.Compare(FloatComparison(o.Operator), Get(o.Operands[0], SomeFloat.Any), Get(o.Operands[1], SomeFloat.Any));
        if (x is SomeChar && y is SomeChar) return b.Compare(UnsignedComparison(o.Operator), Get(o.Operands[0], Plain(x)), Get(o.Operands[1], Plain(y)));
        if (y is SomeTuple && o.Operator == Operator.In) return IsAmong(o.Operands[0], o.Operands[1]);
        if (x is SomeTuple && y is SomeTuple)
        {
            var equal = Equal(Get(o.Operands[0]), x, Get(o.Operands[1]), y);
            return isNegated ? b.Not(equal) : equal;
        }
        if (x is SomeList p && y is SomeList q && p.Type.Root != q.Type.Root) return b.Bool(isNegated);
        // Instances are compared whether their classes have a common base or not.
        var common = x is SomeInstance && y is SomeInstance ? new SomeInstance(program.Annotator.Classes.Root, true) : Lattice.Union(program.Annotator, x, y);
        var same = b.Eq(Get(o.Operands[0], common), Get(o.Operands[1], common));
        return isNegated ? b.Not(same) : same;
    }

    private static SomeValue Plain(SomeValue type) => type with { Constant = null };

    private Value IsNone(Value value, SomeValue type) => value.Type is IntType ? b.Eq(value, b.Int64(-1)) : type.CanBeNone ? b.IsNull(value) : b.Bool(false);

    private Value CompareInts(Operator op, Operand left, Operand right)
    {
        bool isUnsigned = TypeOf(left) is SomeInteger { Kind.IsSigned: false } || TypeOf(right) is SomeInteger { Kind.IsSigned: false };
        var kind = IsWide(left) || IsWide(right) ? isUnsigned ? IntegerKind.Unsigned128 : IntegerKind.Signed128 : IntegerKind.Signed;
        Value x = AsInt(left, kind), y = AsInt(right, kind);
        return b.Compare(isUnsigned ? UnsignedComparison(op) : SignedComparison(op), x, y);
    }

    private bool IsWide(Operand operand) => TypeOf(operand) is SomeInteger { Kind.IsWide: true };

    private static CompareOp SignedComparison(Operator op) => op switch
    {
        Operator.Less => CompareOp.Slt,
        Operator.LessEqual => CompareOp.Sle,
        Operator.Greater => CompareOp.Sgt,
        Operator.GreaterEqual => CompareOp.Sge,
        Operator.Equal or Operator.Is => CompareOp.Eq,
        _ => CompareOp.Ne,
    };

    private static CompareOp UnsignedComparison(Operator op) => op switch
    {
        Operator.Less => CompareOp.Ult,
        Operator.LessEqual => CompareOp.Ule,
        Operator.Greater => CompareOp.Ugt,
        Operator.GreaterEqual => CompareOp.Uge,
        _ => SignedComparison(op),
    };

    private static CompareOp FloatComparison(Operator op) => op switch
    {
        Operator.Less => CompareOp.FOlt,
        Operator.LessEqual => CompareOp.FOle,
        Operator.Greater => CompareOp.FOgt,
        Operator.GreaterEqual => CompareOp.FOge,
        Operator.Equal or Operator.Is => CompareOp.FOeq,
        _ => CompareOp.FUne,
    };

    /// <summary>Equality as dict keys and tuples have it.</summary>
    private Value Equal(Value x, Value y, SomeValue type)
    {
        switch (type)
        {
            case SomeFloat: return b.Compare(CompareOp.FOeq, x, y);
            case SomeString s: return b.CallOne(program.FunctionOf(TextFunction("str_eq", s.IsUnicode)), x, y);
            case SomeTuple t:
                Value result = b.Bool(true);
                for (int i = 0; i < t.Items.Length; i++) result = b.And(result, Equal(TupleItem(x, t, i), TupleItem(y, t, i), t.Items[i]));
                return result;
            default: return b.Eq(x, y);
        }
    }

    private Value IsAmong(Operand value, Operand tuple)
    {
        Value x = Get(value, Plain(TypeOf(value))), items = Get(tuple);
        var type = (SomeTuple)TypeOf(tuple);
        Value result = b.Bool(false);
        for (int i = 0; i < type.Items.Length; i++) result = b.Binary(BinaryOp.Or, result, Equal(x, Plain(TypeOf(value)), TupleItem(items, type, i), Plain(type.Items[i])));
        return result;
    }

    /// <summary>Equality of two values whose types may differ: lists of different items, for one.</summary>
    private Value Equal(Value x, SomeValue type, Value y, SomeValue other)
    {
        switch (type, other)
        {
            case (SomeTuple t, SomeTuple u):
                if (t.Items.Length != u.Items.Length) return b.Bool(false);
                Value result = b.Bool(true);
                for (int i = 0; i < t.Items.Length; i++) result = b.And(result, Equal(TupleItem(x, t, i), Plain(t.Items[i]), TupleItem(y, u, i), Plain(u.Items[i])));
                return result;
            case (SomeList l, SomeList m):
                var equal = program.Library("rt.lists", "list_eq", f => f.Parameters[0].Value is SomeList p && p.Type.Root == l.Type.Root && f.Parameters[1].Value is SomeList q && q.Type.Root == m.Type.Root);
                return b.CallOne(program.FunctionOf(equal), Convert(x, type, equal.Parameters[0].Value), Convert(y, other, equal.Parameters[1].Value));
            case (SomeNone, SomeNone): return b.Bool(true);
            case (SomeNone, _): return IsNone(y, other);
            case (_, SomeNone): return IsNone(x, type);
            default:
                var common = Plain(Lattice.Union(program.Annotator, type, other));
                return Equal(Convert(x, type, common), Convert(y, other, common), common);
        }
    }

    private AnnotatedFunction TextFunction(string name, bool isUnicode) =>
        program.Library("rt.strings", name, f => Array.TrueForAll(f.Parameters, p => p.Value is SomeString { IsUnicode: var u } && u == isUnicode));

    /// <summary>The hash of a value: equal values have equal hashes.</summary>
    private Value Hash(Value x, SomeValue type)
    {
        switch (type)
        {
            case SomeInteger { Kind.IsWide: true }:
                var high = b.Convert(ConvertOp.Trunc, IntType.I64, b.Binary(BinaryOp.LShr, x, b.Constant(TypeMap.Wide, 64)));
                return b.Xor(b.Convert(ConvertOp.Trunc, IntType.I64, x), b.Mul(high, b.Int64(1000003)));
            case SomeInteger: return x;
            case SomeBool or SomeChar: return b.Convert(ConvertOp.ZExt, IntType.I64, x);
            case SomeFloat: return b.Convert(ConvertOp.Bitcast, IntType.I64, b.Binary(BinaryOp.FAdd, x, b.Double(0)));
            case SomeString s: return b.CallOne(program.FunctionOf(TextFunction("str_hash", s.IsUnicode)), x);
            case SomeTuple t:
                Value hash = b.Int64(0x345678);
                for (int i = 0; i < t.Items.Length; i++) hash = b.Xor(b.Mul(hash, b.Int64(1000003)), Hash(TupleItem(x, t, i), t.Items[i]));
                return hash;
            case SomeInstance: return IdentityHash(x);
            case SomePbc when x.Type is IntType: return x;
            default: return b.Int64(0);
        }
    }

    /// <summary>A number that an instance keeps while it moves; given out at the first question.</summary>
    private Value IdentityHash(Value instance)
    {
        Label end = b.NewLabel(), some = b.NewLabel(), fresh = b.NewLabel(cold: true), known = b.NewLabel();
        var result = b.AddParameter(end, IntType.I64);
        b.Branch(b.IsNull(instance), known, some);
        b.PlaceSealed(known);
        b.Jump(end, b.Int64(0));
        b.PlaceSealed(some);
        var field = b.Field(instance, 1);
        var kept = b.Convert(ConvertOp.ZExt, IntType.I64, b.Load(field));
        var have = b.NewLabel();
        b.Branch(b.Ne(kept, b.Int64(0)), have, fresh);
        b.PlaceSealed(have);
        b.Jump(end, kept);
        b.PlaceSealed(fresh);
        var next = Leaf("next_identity")[0];
        b.StoreField(instance, 1, b.Convert(ConvertOp.Trunc, IntType.I32, next));
        b.Jump(end, next);
        b.PlaceSealed(end);
        return result;
    }

    private Value Truth(Operand operand)
    {
        var type = TypeOf(operand);
        if (type.Constant is bool known) return b.Bool(known);
        var value = Get(operand, Plain(type));
        switch (type)
        {
            case SomeBool: return value;
            case SomeInteger or SomePointer: return b.Ne(value, Zero(value.Type));
            case SomeFloat: return b.Compare(CompareOp.FUne, value, b.Double(0));
            case SomeChar or SomeMethod or SomeBuiltinMethod: return b.Bool(true);
            case SomeNone: return b.Bool(false);
            case SomeTuple t: return b.Bool(t.Items.Length > 0);
            case SomeString or SomeList or SomeDict:
                if (!type.CanBeNone) return b.Ne(Length(value, type), b.Int64(0));
                Label end = b.NewLabel(), some = b.NewLabel(), none = b.NewLabel();
                var result = b.AddParameter(end, IntType.I1);
                b.Branch(b.IsNull(value), none, some);
                b.PlaceSealed(none);
                b.Jump(end, b.Bool(false));
                b.PlaceSealed(some);
                b.Jump(end, b.Ne(Length(value, type), b.Int64(0)));
                b.PlaceSealed(end);
                return result;
            default: return type.CanBeNone ? b.Not(IsNone(value, type)) : b.Bool(true);
        }
    }

    private Value Length(Value value, SomeValue type) => type is SomeString ? b.HybridLength(value) : b.LoadField(value, 0);

    private Value Str(Operation o, SomeValue result)
    {
        var type = TypeOf(o.Operands[0]);
        if (type is SomeInteger or SomeBool) return CharToString(b.Convert(ConvertOp.Trunc, IntType.I8, Get(o.Operands[0], SomeInteger.Any)), false);
        return Get(o.Operands[0], result);
    }

    // Attributes.

    private Value GetAttribute(Operation o, SomeValue result)
    {
        var type = TypeOf(o.Operands[0]);
        string name = (string)o.Detail!;
        if (type is not SomeInstance instance)
        {
            if (result.Constant is { } known) return Constant(known, result, result);
            if (type is SomePbc { Members.Items: [PyClass, ..] } classes) return AttributeOfClass(Get(o.Operands[0]), classes, name, result);
            if (result is SomeBuiltinMethod m) return Get(o.Operands[0], Plain(m.Self));
            throw Error($"attribute '{name}' of {type} is not supported yet");
        }
        var self = Get(o.Operands[0]);
        if (result is SomeMethod) return self;
        if (name == "__class__") return b.Convert(ConvertOp.ZExt, IntType.I64, b.LoadField(self, 0));
        var (location, cell) = Attribute(self, instance.Class, name);
        return Convert(FromMemory(b.Load(location), cell.Value), cell.Value, result);
    }

    /// <summary>An attribute of one of several classes: what each has is known.</summary>
    private Value AttributeOfClass(Value number, SomePbc classes, string name, SomeValue result)
    {
        return Among(number, classes.Members.Items.Cast<PyClass>().Select(c => ((object)c, (Func<Value>)(() => Attribute(c)))), result);

        Value Attribute(PyClass c)
        {
            object value = Annotator.AttributeOf(c, name)!;
            return Constant(value, program.Annotator.OfConstant(value), result);
        }
    }

    private (Value Location, TypeCell Cell) Attribute(Value self, ClassType type, string name)
    {
        var home = ClassTable.Home(type, name) ?? throw Error($"{type.Name} has no attribute '{name}'");
        var layout = Types.LayoutOf(home);
        return (b.Field(b.CastRef(self, layout.Reference), layout.IndexOf(name)), home.Attributes[name].Root);
    }

    private Value SetAttribute(Operation o)
    {
        var instance = (SomeInstance)TypeOf(o.Operands[0]);
        var (location, cell) = Attribute(Get(o.Operands[0]), instance.Class, (string)o.Detail!);
        b.Store(location, ToMemory(Get(o.Operands[1], cell.Value)));
        return Zero(Types.Of(TypeOf(o.Result)));
    }

    // Items.

    private Value GetItem(Operation o)
    {
        var type = TypeOf(o.Operands[0]);
        var container = Get(o.Operands[0], Plain(type));
        switch (type)
        {
            case SomeList l:
                var item = l.Type.Root.Item.Value;
                // Of an assignment to several targets: the list must have as many items.
                if (o is { Detail: int count, Operands: [_, ConstantOperand { Value: 0L }] }) Require(b.Eq(Length(container, l), b.Int64(count)), "ValueError");
                return FromMemory(b.Load(ItemLocation(container, Index(o.Operands[1], Length(container, l)))), item);
            case SomeString s: return b.Load(b.VarElement(container, Index(o.Operands[1], Length(container, s))));
            case SomeChar:
                Index(o.Operands[1], b.Int64(1));
                return container;
            case SomeTuple t:
                int at = (int)(long)TypeOf(o.Operands[1]).Constant!;
                return TupleItem(container, t, at < 0 ? at + t.Items.Length : at);
            default: throw Error($"items of {type} are not supported yet");
        }
    }

    private Value SetItem(Operation o)
    {
        var type = (SomeList)TypeOf(o.Operands[0]);
        var list = Get(o.Operands[0], Plain(type));
        var index = Index(o.Operands[1], Length(list, type));
        b.Store(ItemLocation(list, index), ToMemory(Get(o.Operands[2], type.Type.Root.Item.Value)));
        return Zero(Types.Of(TypeOf(o.Result)));
    }

    private Value ItemLocation(Value list, Value index) => b.VarElement(b.LoadField(list, 1), index);

    /// <summary>An index that is in range: negative ones count from the end; others raise IndexError.</summary>
    private Value Index(Operand operand, Value length)
    {
        var index = Get(operand, SomeInteger.Any);
        if (!IsNonNegative(operand)) index = b.Select(b.Compare(CompareOp.Slt, index, b.Int64(0)), b.Add(index, length), index);
        Require(b.Compare(CompareOp.Ult, index, length), "IndexError");
        return index;
    }

    private Value SliceOfTuple(Operation o)
    {
        var (from, to) = ((SomeTuple)TypeOf(o.Operands[0]), (SomeTuple)TypeOf(o.Result));
        var tuple = Get(o.Operands[0]);
        int start = TypeOf(o.Operands[1]).Constant is long s ? (int)(s < 0 ? s + from.Items.Length : s) : 0;
        return NewTuple(to, [.. to.Items.Select((_, i) => TupleItem(tuple, from, start + i))]);
    }

    private Value NewList(Operation o)
    {
        var type = (SomeList)TypeOf(o.Result);
        if (o.Operands.Length == 0) return EmptyList(type);
        var list = NewListOf(type, b.Int64(o.Operands.Length));
        var items = b.LoadField(list, 1);
        for (int i = 0; i < o.Operands.Length; i++)
            b.Store(b.VarElement(items, b.Int64(i)), ToMemory(Get(o.Operands[i], type.Type.Root.Item.Value)));
        return list;
    }

    private Value NewListOf(SomeList type, Value length)
    {
        var items = b.NewHybrid((HybridType)TypeMap.ItemsRef(Types.ListStruct(type.Type)).Referent, length);
        var list = ListWith(type, items);
        b.StoreField(list, 0, length);
        return list;
    }

    private Value EmptyList(SomeList type) => ListWith(type, b.Load(program.Heap.EmptyArray(TypeMap.ItemsRef(Types.ListStruct(type.Type)))));

    private Value ListWith(SomeList type, Value items)
    {
        var list = b.New(Types.ListStruct(type.Type));
        b.StoreField(list, 1, items);
        return list;
    }

    /// <summary>list.append: in place while there is room.</summary>
    private void Append(Value list, SomeList type, PlannedArgument item)
    {
        var value = ToMemory(Get(item, type.Type.Root.Item.Value));
        var length = b.LoadField(list, 0);
        Label grow = b.NewLabel(cold: true), store = b.NewLabel();
        var room = b.HybridLength(b.LoadField(list, 1));
        b.Branch(b.Compare(CompareOp.Ult, length, room), store, grow);
        b.PlaceSealed(grow);
        Grow(list, length, b.Add(length, b.Int64(1)));
        b.Jump(store);
        b.PlaceSealed(store);
        b.StoreField(list, 0, b.Add(length, b.Int64(1)));
        b.Store(ItemLocation(list, length), value);
    }

    /// <summary>Gives a list an array for at least <paramref name="needed"/> items, with room for more.</summary>
    private void Grow(Value list, Value length, Value needed)
    {
        var old = b.LoadField(list, 1);
        var capacity = b.Add(b.Add(needed, b.Binary(BinaryOp.LShr, needed, b.Int64(1))), b.Int64(6));
        var items = b.NewHybrid((HybridType)((ReferenceType)old.Type).Referent, capacity);
        Copy(items, b.Int64(0), old, b.Int64(0), length);
        b.StoreField(list, 1, items);
    }

    private void Copy(Value to, Value toIndex, Value from, Value fromIndex, Value count)
    {
        var element = ((HybridType)((ReferenceType)to.Type).Referent).Element;
        b.Common(CommonOp.CopyElements, [element], b.VarElement(to, toIndex), b.VarElement(from, fromIndex), count);
    }
}
