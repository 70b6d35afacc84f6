using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>Lua's arithmetic and bitwise operators; the numbers are those of the metamethods.</summary>
internal enum ArithmeticOp
{
    Add = Metamethods.Add,
    Sub = Metamethods.Sub,
    Mul = Metamethods.Mul,
    Mod = Metamethods.Mod,
    Pow = Metamethods.Pow,
    Div = Metamethods.Div,
    IDiv = Metamethods.IDiv,
    BAnd = Metamethods.BAnd,
    BOr = Metamethods.BOr,
    BXor = Metamethods.BXor,
    Shl = Metamethods.Shl,
    Shr = Metamethods.Shr,
    Unm = Metamethods.Unm,
    BNot = Metamethods.BNot,
}

/// <summary>Arithmetic: small integers and floats inline, everything else (wide integers, mixed operands, strings, metamethods, errors) in <c>arith</c>.</summary>
internal static class Arithmetic
{
    /// <summary>Status of the arithmetic leaf.</summary>
    public const int Done = 0, NeedsMetamethod = 1, Failed = 2;

    /// <summary>a op b.</summary>
    public static Value Emit(LuaFunctionBuilder f, LuaRuntime runtime, Site site, ArithmeticOp op, Value left, Value right)
    {
        var b = f.B;
        if (!site.IsInline) return b.CallOne(runtime.Functions.Arithmetic, b.Int32((int)op), left, right);
        var result = b.NewVariable(LuaTypes.Value);
        var slow = site.NewSlowLabel(b, "arith.slow");
        var end = b.NewLabel("arith.end");
        switch (op)
        {
            case ArithmeticOp.Add: EmitIntOrDouble(f, runtime, site, op, result, BinaryOp.Add, BinaryOp.FAdd, left, right, slow, end); break;
            case ArithmeticOp.Sub: EmitIntOrDouble(f, runtime, site, op, result, BinaryOp.Sub, BinaryOp.FSub, left, right, slow, end); break;
            case ArithmeticOp.Mul: EmitIntOrDouble(f, runtime, site, op, result, BinaryOp.Mul, BinaryOp.FMul, left, right, slow, end); break;
            case ArithmeticOp.Div: EmitDivision(f, site, result, left, right, slow, end); break;
            case ArithmeticOp.Mod: EmitModulo(f, result, left, right, slow, end); break;
            case ArithmeticOp.IDiv: EmitFloorDivision(f, site, result, left, right, slow, end); break;
            case ArithmeticOp.Pow when right is TagRefConstant { Word: var word } && word == TagRef64.FromInt(2):
            {
                // x^2 is the one power that programs compute in loops.
                var number = f.Tagged.ToDoubleFromNumber(left, slow);
                b.Write(result, f.Tagged.FromDouble(b.Binary(BinaryOp.FMul, number, number)));
                b.Jump(end);
                break;
            }
            case ArithmeticOp.BAnd: EmitBitwise(f, result, BinaryOp.And, left, right, slow, end); break;
            case ArithmeticOp.BOr: EmitBitwise(f, result, BinaryOp.Or, left, right, slow, end); break;
            case ArithmeticOp.BXor: EmitBitwise(f, result, BinaryOp.Xor, left, right, slow, end); break;
            case ArithmeticOp.Shl: EmitShift(f, result, left, right, toLeft: true, slow, end); break;
            case ArithmeticOp.Shr: EmitShift(f, result, left, right, toLeft: false, slow, end); break;
            default: b.Jump(slow); break;
        }
        b.PlaceSealed(slow);
        b.Write(result, b.CallOne(runtime.Functions.ArithmeticAt, site.Cell, b.Int32((int)op), left, right));
        b.Jump(end);
        b.PlaceSealed(end);
        return b.Read(result);
    }

    /// <summary>−a.</summary>
    public static Value EmitNegate(LuaFunctionBuilder f, LuaRuntime runtime, Site site, Value operand)
    {
        var b = f.B;
        if (!site.IsInline) return b.CallOne(runtime.Functions.Arithmetic, b.Int32((int)ArithmeticOp.Unm), operand, operand);
        var result = b.NewVariable(LuaTypes.Value);
        var slow = site.NewSlowLabel(b, "neg.slow");
        var notInt = site.Expects(OperandKinds.Floats | OperandKinds.Mixed) ? b.NewLabel("neg.notint") : slow;
        var end = b.NewLabel("neg.end");
        if (site.Expects(OperandKinds.Ints))
        {
            b.BranchUnless(f.Tagged.IsInt(operand), notInt);
            site.Record(b, OperandKinds.Ints);
            b.Write(result, f.Tagged.IntArithmetic(BinaryOp.Sub, f.Tagged.FromInt(b.Constant(IntType.I52, 0)), operand, slow));
            b.Jump(end);
            if (notInt != slow) b.PlaceSealed(notInt);
        }
        if (notInt != slow)
        {
            b.BranchUnless(f.Tagged.IsDouble(operand), slow);
            site.Record(b, OperandKinds.Floats);
            b.Write(result, f.Tagged.FromDouble(b.Binary(BinaryOp.FMul, f.Tagged.ToDouble(operand), b.Double(-1))));
            b.Jump(end);
        }
        b.PlaceSealed(slow);
        b.Write(result, b.CallOne(runtime.Functions.ArithmeticAt, site.Cell, b.Int32((int)ArithmeticOp.Unm), operand, operand));
        b.PlaceSealed(end);
        return b.Read(result);
    }

    /// <summary>~a.</summary>
    public static Value EmitComplement(LuaFunctionBuilder f, LuaRuntime runtime, Site site, Value operand)
    {
        var b = f.B;
        if (!site.IsInline) return b.CallOne(runtime.Functions.Arithmetic, b.Int32((int)ArithmeticOp.BNot), operand, operand);
        var result = b.NewVariable(LuaTypes.Value);
        var slow = site.NewSlowLabel(b, "bnot.slow");
        var end = b.NewLabel("bnot.end");
        b.BranchUnless(f.Tagged.IsInt(operand), slow);
        b.Write(result, f.Tagged.FromInt(b.Xor(f.Tagged.ToInt(operand), b.Constant(IntType.I52, ulong.MaxValue))));
        b.Jump(end);
        b.PlaceSealed(slow);
        b.Write(result, b.CallOne(runtime.Functions.ArithmeticAt, site.Cell, b.Int32((int)ArithmeticOp.BNot), operand, operand));
        b.PlaceSealed(end);
        return b.Read(result);
    }

    private static void EmitIntOrDouble(LuaFunctionBuilder f, LuaRuntime runtime, Site site, ArithmeticOp operation, Variable result, BinaryOp intOp, BinaryOp doubleOp, Value left, Value right, Label slow, Label end)
    {
        var b = f.B;
        if (site.Expects(OperandKinds.Ints))
        {
            var notInt = site.Expects(OperandKinds.Floats | OperandKinds.Mixed) ? b.NewLabel("notint") : slow;
            b.BranchUnless(f.Tagged.BothInt(left, right), notInt);
            site.Record(b, OperandKinds.Ints);
            b.Write(result, f.Tagged.IntArithmetic(intOp, left, right, slow));
            b.Jump(end);
            if (notInt == slow) return;
            b.PlaceSealed(notInt);
        }
        EmitDouble(f, runtime, site, operation, result, doubleOp, left, right, slow, end);
    }

    /// <summary>Floats, and where they are expected a float with a small integer, which converts exactly.</summary>
    private static void EmitDouble(LuaFunctionBuilder f, LuaRuntime runtime, Site site, ArithmeticOp operation, Variable result, BinaryOp op, Value left, Value right, Label slow, Label end)
    {
        var b = f.B;
        bool mixes = site.Expects(OperandKinds.Mixed);
        var leftOther = b.NewLabel("leftother", cold: !mixes);
        var rightOther = mixes ? b.NewLabel("rightother") : leftOther;
        b.BranchUnless(f.Tagged.IsDouble(left), leftOther);
        b.BranchUnless(f.Tagged.IsDouble(right), rightOther);
        site.Record(b, OperandKinds.Floats);
        b.Write(result, f.Tagged.DoubleArithmetic(op, left, right));
        b.Jump(end);
        if (!mixes)
        {
            b.PlaceSealed(leftOther);
            if (!site.Records)
            {
                b.Jump(slow);
                return;
            }
            b.BranchIf(f.Tagged.IsRef(left), slow);
            b.BranchIf(f.Tagged.IsRef(right), slow);
            site.Record(b, OperandKinds.Mixed);
            b.Write(result, b.CallOne(runtime.Functions.Arithmetic, b.Int32((int)operation), left, right));
            b.Jump(end);
            return;
        }
        b.PlaceSealed(rightOther);
        b.BranchUnless(f.Tagged.IsInt(right), slow);
        b.Write(result, f.Tagged.FromDouble(b.Binary(op, f.Tagged.ToDouble(left), FromInt(f, right))));
        b.Jump(end);
        b.PlaceSealed(leftOther);
        b.BranchUnless(f.Tagged.IsInt(left), slow);
        b.BranchUnless(f.Tagged.IsDouble(right), slow);
        b.Write(result, f.Tagged.FromDouble(b.Binary(op, FromInt(f, left), f.Tagged.ToDouble(right))));
        b.Jump(end);
    }

    private static Value FromInt(LuaFunctionBuilder f, Value integer) => f.B.Convert(ConvertOp.SIToFP, SimpleType.Double, f.Tagged.ToInt64(integer));

    /// <summary>a / b is always a float; integers are converted.</summary>
    private static void EmitDivision(LuaFunctionBuilder f, Site site, Variable result, Value left, Value right, Label slow, Label end)
    {
        var b = f.B;
        bool onlyFloats = site.Expected == OperandKinds.Floats;
        if (site.Records || onlyFloats)
        {
            var other = onlyFloats ? slow : b.NewLabel("notdouble");
            b.BranchUnless(f.Tagged.IsDouble(left), other);
            b.BranchUnless(f.Tagged.IsDouble(right), other);
            site.Record(b, OperandKinds.Floats);
            b.Write(result, f.Tagged.DoubleArithmetic(BinaryOp.FDiv, left, right));
            b.Jump(end);
            if (onlyFloats) return;
            b.PlaceSealed(other);
            site.Record(b, OperandKinds.Mixed);
        }
        var dividend = f.Tagged.ToDoubleFromNumber(left, slow);
        var divisor = f.Tagged.ToDoubleFromNumber(right, slow);
        b.Write(result, f.Tagged.FromDouble(b.Binary(BinaryOp.FDiv, dividend, divisor)));
        b.Jump(end);
    }

    /// <summary>The remainder has the divisor's sign: for a positive constant or variable divisor and a non-negative dividend it is the machine's.</summary>
    private static void EmitModulo(LuaFunctionBuilder f, Variable result, Value left, Value right, Label slow, Label end)
    {
        var b = f.B;
        b.BranchUnless(f.Tagged.BothInt(left, right), slow);
        var divisor = f.Tagged.ToInt64(right);
        b.BranchUnless(b.Compare(CompareOp.Sgt, divisor, b.Int64(0)), slow);
        var remainder = b.Binary(BinaryOp.SRem, f.Tagged.ToInt64(left), divisor);
        // Negative remainders move up by the divisor: remainder + (divisor & (remainder >> 63)).
        var correction = b.And(divisor, b.Binary(BinaryOp.AShr, remainder, b.Int64(63)));
        b.Write(result, f.Tagged.FromInt(b.Convert(ConvertOp.Trunc, IntType.I52, b.Add(remainder, correction))));
        b.Jump(end);
    }

    private static void EmitFloorDivision(LuaFunctionBuilder f, Site site, Variable result, Value left, Value right, Label slow, Label end)
    {
        var b = f.B;
        bool floats = site.Expects(OperandKinds.Floats);
        var notInt = floats ? b.NewLabel("notint") : slow;
        b.BranchUnless(f.Tagged.BothInt(left, right), notInt);
        var divisor = f.Tagged.ToInt64(right);
        b.BranchUnless(b.Compare(CompareOp.Sgt, divisor, b.Int64(0)), slow);
        var dividend = f.Tagged.ToInt64(left);
        var quotient = b.Binary(BinaryOp.SDiv, dividend, divisor);
        // Toward minus infinity: one less when the remainder is negative.
        var remainder = b.Sub(dividend, b.Mul(quotient, divisor));
        var floor = b.Add(quotient, b.Binary(BinaryOp.AShr, remainder, b.Int64(63)));
        site.Record(b, OperandKinds.Ints);
        b.Write(result, f.Tagged.FromInt(b.Convert(ConvertOp.Trunc, IntType.I52, floor)));
        b.Jump(end);
        if (!floats) return;
        b.PlaceSealed(notInt);
        b.BranchUnless(f.Tagged.IsDouble(left), slow);
        b.BranchUnless(f.Tagged.IsDouble(right), slow);
        site.Record(b, OperandKinds.Floats);
        var ratio = b.Binary(BinaryOp.FDiv, f.Tagged.ToDouble(left), f.Tagged.ToDouble(right));
        b.Write(result, f.Tagged.FromDouble(b.Common(CommonOp.Floor, [SimpleType.Double], ratio)!));
        b.Jump(end);
    }

    /// <summary>On small integers the 64-bit operation is the 52-bit one: the operands are sign-extended.</summary>
    private static void EmitBitwise(LuaFunctionBuilder f, Variable result, BinaryOp op, Value left, Value right, Label slow, Label end)
    {
        var b = f.B;
        b.BranchUnless(f.Tagged.BothInt(left, right), slow);
        b.Write(result, f.Tagged.FromInt(b.Binary(op, f.Tagged.ToInt(left), f.Tagged.ToInt(right))));
        b.Jump(end);
    }

    /// <summary>Shifts by 0…63 of 64-bit integers; others (negative, far) in the slow path.</summary>
    private static void EmitShift(LuaFunctionBuilder f, Variable result, Value left, Value right, bool toLeft, Label slow, Label end)
    {
        var b = f.B;
        b.BranchUnless(f.Tagged.BothInt(left, right), slow);
        var count = f.Tagged.ToInt64(right);
        b.BranchUnless(b.Compare(CompareOp.Ult, count, b.Int64(64)), slow);
        var shifted = b.Binary(toLeft ? BinaryOp.Shl : BinaryOp.LShr, f.Tagged.ToInt64(left), count);
        b.Write(result, f.Tagged.FromInt64(shifted, slow));
        b.Jump(end);
    }

    /// <summary><c>arith_at (site, op, a, b)</c>: <c>arith</c> for compiled code; many runs at one site are a reason to compile its function again.</summary>
    public static void DefineAt(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.ArithmeticAt, "lua.arith_at.v1");
        var b = f.B;
        var site = f.Parameters[0];
        var runs = b.Add(b.LoadField(site, Site.SlowRuns), b.Int32(1));
        b.StoreField(site, Site.SlowRuns, runs);
        b.If(b.Eq(runs, b.Int32(Site.RecompilingRuns)), () => b.CCall(NativeConvention.Runtime, runtime.Leaves.Generalize, site));
        b.Return(b.CallOne(runtime.Functions.Arithmetic, f.Parameters[1], f.Parameters[2], f.Parameters[3]));
        b.Finish();
    }

    /// <summary><c>arith (op, a, b)</c>: the whole semantics; numbers and strings in a leaf, then metamethods.</summary>
    public static void Define(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Arithmetic, "lua.arith.v1");
        var b = f.B;
        var (op, left, right) = (f.Parameters[0], f.Parameters[1], f.Parameters[2]);
        // An operator has the number of its metamethod.
        TableMetamethods.EmitBinary(f, runtime, left, right, b.ToUnsigned(IntType.I64, op));
        var results = b.CCall(NativeConvention.Runtime, runtime.Leaves.Arithmetic, op, left, right);
        var meta = b.NewLabel("meta", cold: true);
        var failed = b.NewLabel("failed", cold: true);
        var notDone = b.NewLabel("notdone");
        b.BranchUnless(b.Eq(results[1], b.Int64(Done)), notDone);
        b.Return(results[0]);

        b.PlaceSealed(notDone);
        b.Branch(b.Eq(results[1], b.Int64(NeedsMetamethod)), meta, failed);

        // The leaf gives the metamethod, of whatever type, as its value.
        b.PlaceSealed(meta);
        b.Return(LuaFunctionBuilder.First(Calls.EmitCallAny(f, runtime, results[0], left, right)));

        b.PlaceSealed(failed);
        Errors.EmitRaise(f, runtime, results[0]);
        b.Finish();
    }
}
