using System.Runtime.InteropServices;
using Mu.Core.Types;
using Mu.Lua.Numbers;
using Mu.Lua.Runtime.Operations;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>Arithmetic in full: integers of 64 bits, mixed operands, strings that look like numbers (lobject.c's luaO_arith, lvm.c).</summary>
internal static unsafe class ArithmeticLeaves
{
    [UnmanagedCallersOnly]
    public static LeafResult Arithmetic(nint context, ulong operation, ulong left, ulong right)
    {
        var op = (ArithmeticOp)(int)operation;
        var heap = LuaRuntime.HeapOf(context);
        return IsBitwise(op) ? Bitwise(heap, op, left, right) : Numeric(heap, op, left, right);
    }

    private static bool IsBitwise(ArithmeticOp op) => op is >= ArithmeticOp.BAnd and <= ArithmeticOp.Shr or ArithmeticOp.BNot;

    private static LeafResult Numeric(LuaHeap heap, ArithmeticOp op, ulong left, ulong right)
    {
        // Strings take part through the string metatable's metamethods.
        bool leftFine = LuaNumbers.TryGet(left, out bool leftIsInt, out long a, out double x);
        bool rightFine = LuaNumbers.TryGet(right, out bool rightIsInt, out long b, out double y);
        if (!leftFine || !rightFine)
        {
            ulong handler = MetatableLeaves.FindBinary(heap.Runtime, left, right, (int)op);
            return handler != LuaTag.NilWord ? new(handler, Operations.Arithmetic.NeedsMetamethod) : NumericError(heap, left, right, leftFine);
        }
        return Compute(heap, op, leftIsInt, a, x, rightIsInt, b, y);
    }

    /// <summary>Arithmetic of two numbers, each an integer or a float. Status <see cref="Operations.Arithmetic.Failed"/> for a division of integers by 0.</summary>
    public static LeafResult Compute(LuaHeap heap, ArithmeticOp op, bool leftIsInt, long a, double x, bool rightIsInt, long b, double y)
    {
        if (leftIsInt && rightIsInt && op is not (ArithmeticOp.Div or ArithmeticOp.Pow)) return Integers(heap, op, a, b);
        double p = leftIsInt ? a : x, q = rightIsInt ? b : y;
        return LeafResult.Done(TagRef64.FromDouble(op switch
        {
            ArithmeticOp.Add => p + q,
            ArithmeticOp.Sub => p - q,
            ArithmeticOp.Mul => p * q,
            ArithmeticOp.Div => p / q,
            ArithmeticOp.Mod => LuaArithmetic.Modulo(p, q),
            ArithmeticOp.IDiv => LuaArithmetic.FloorDivide(p, q),
            ArithmeticOp.Pow => LuaArithmetic.Power(p, q),
            ArithmeticOp.Unm => -p,
            _ => throw new InvalidOperationException($"{op} is no arithmetic operator"),
        }));
    }

    private static LeafResult Integers(LuaHeap heap, ArithmeticOp op, long a, long b)
    {
        if (b == 0 && op is ArithmeticOp.Mod or ArithmeticOp.IDiv && b == 0)
            return new(ErrorLeaves.Located(heap, op == ArithmeticOp.Mod ? "attempt to perform 'n%0'" : "attempt to divide by zero"), Operations.Arithmetic.Failed);
        return Integer(heap, op switch
        {
            ArithmeticOp.Add => unchecked(a + b),
            ArithmeticOp.Sub => unchecked(a - b),
            ArithmeticOp.Mul => unchecked(a * b),
            ArithmeticOp.Mod => LuaArithmetic.Modulo(a, b),
            ArithmeticOp.IDiv => LuaArithmetic.FloorDivide(a, b),
            ArithmeticOp.Unm => unchecked(-a),
            _ => throw new InvalidOperationException($"{op} is no integer operator"),
        });
    }

    private static LeafResult Bitwise(LuaHeap heap, ArithmeticOp op, ulong left, ulong right)
    {
        bool leftFine = LuaNumbers.TryGet(left, out bool leftIsInt, out long a, out double x);
        bool rightFine = LuaNumbers.TryGet(right, out bool rightIsInt, out long b, out double y);
        if (!leftFine || !rightFine)
        {
            ulong handler = MetatableLeaves.FindBinary(heap.Runtime, left, right, (int)op);
            return handler != LuaTag.NilWord
                ? new(handler, Operations.Arithmetic.NeedsMetamethod)
                : new(ErrorLeaves.BinaryError(heap, left, right, leftFine, "perform bitwise operation on"), Operations.Arithmetic.Failed);
        }
        if ((!leftIsInt && !LuaArithmetic.TryToInteger(x, out a)) || (!rightIsInt && !LuaArithmetic.TryToInteger(y, out b)))
        {
            ulong handler = MetatableLeaves.FindBinary(heap.Runtime, left, right, (int)op);
            return handler != LuaTag.NilWord
                ? new(handler, Operations.Arithmetic.NeedsMetamethod)
                : new(ErrorLeaves.NoInteger(heap, !leftIsInt && !LuaArithmetic.TryToInteger(x, out _)), Operations.Arithmetic.Failed);
        }
        return Integer(heap, op switch
        {
            ArithmeticOp.BAnd => a & b,
            ArithmeticOp.BOr => a | b,
            ArithmeticOp.BXor => a ^ b,
            ArithmeticOp.Shl => LuaArithmetic.ShiftLeft(a, b),
            ArithmeticOp.Shr => LuaArithmetic.ShiftRight(a, b),
            ArithmeticOp.BNot => ~a,
            _ => throw new InvalidOperationException($"{op} is no bitwise operator"),
        });
    }

    private static LeafResult NumericError(LuaHeap heap, ulong left, ulong right, bool leftFine) =>
        new(ErrorLeaves.BinaryError(heap, left, right, leftFine, "perform arithmetic on"), Operations.Arithmetic.Failed);

    private static LeafResult Integer(LuaHeap heap, long value)
    {
        ulong word = LuaNumbers.FromInteger(heap, value);
        return word != 0 ? LeafResult.Done(word) : new(heap.Runtime.OutOfMemoryMessage, Operations.Arithmetic.Failed);
    }

    /// <summary>
    /// A numeric loop that is not of small integers only. Status 0: not entered. 1: enters with the value, and steps by <see cref="ForNext"/>. 2: an error. 3: small
    /// integers after all, the value is the limit to use.
    /// </summary>
    [UnmanagedCallersOnly]
    public static LeafResult ForPrepare(nint context, ulong start, ulong limit, ulong step)
    {
        var heap = LuaRuntime.HeapOf(context);
        // The order of complaints is PUC's forprep: limit, step, initial value.
        bool startIsNumber = LuaNumbers.TryGet(start, out bool startIsInt, out long first, out double x);
        bool stepIsNumber = LuaNumbers.TryGet(step, out bool stepIsInt, out long stride, out double z);
        if (startIsInt && startIsNumber && stepIsInt && stepIsNumber)
        {
            if (stride == 0) return new(ErrorLeaves.Located(heap, "'for' step is zero"), 2);
            if (!LuaNumbers.TryCoerce(limit, out bool limitIsInt, out long last, out double y)) return ForError(heap, "limit", limit);
            if (!limitIsInt && !ClipLimit(y, stride, out last)) return new(0, 0);
            if (stride > 0 ? first > last : first < last) return new(0, 0);
            if (!LuaNumbers.FitsSmall(first) || !LuaNumbers.FitsSmall(stride)) return new(start, 1);
            if (!LuaNumbers.FitsSmall(last))
            {
                // A loop that literally counts beyond 2^51 would take years; clipping its limit lets compiled code do without this case.
                if (Math.Abs(first) < 1L << 50 && Math.Abs(stride) < 1L << 50) last = stride > 0 ? LuaNumbers.MaxSmall : LuaNumbers.MinSmall;
                else return new(start, 1);
            }
            return new(TagRef64.FromInt(last), 3);
        }
        // Strings convert here, and loops that start or step by one count in floats, as PUC's do.
        if (!LuaNumbers.TryCoerce(limit, out bool isInt, out long l, out double lf)) return ForError(heap, "limit", limit);
        if (!stepIsNumber && !LuaNumbers.TryCoerce(step, out stepIsInt, out stride, out z)) return ForError(heap, "step", step);
        if (!startIsNumber && !LuaNumbers.TryCoerce(start, out startIsInt, out first, out x)) return ForError(heap, "initial value", start);
        double initial = startIsInt ? first : x, bound = isInt ? l : lf, delta = stepIsInt ? stride : z;
        if (delta == 0) return new(ErrorLeaves.Located(heap, "'for' step is zero"), 2);
        return (delta > 0 ? initial <= bound : bound <= initial) ? new(TagRef64.FromDouble(initial), 1) : new(0, 0);
    }

    /// <summary>The next value of a loop that steps; status 0 at its end.</summary>
    [UnmanagedCallersOnly]
    public static LeafResult ForNext(nint context, ulong value, ulong limit, ulong step)
    {
        var heap = LuaRuntime.HeapOf(context);
        LuaNumbers.TryGet(value, out bool isInt, out long i, out double x);
        LuaNumbers.TryCoerce(limit, out bool limitIsInt, out long last, out double bound);
        LuaNumbers.TryCoerce(step, out bool stepIsInt, out long stride, out double delta);
        if (isInt)
        {
            if (!limitIsInt && !ClipLimit(bound, stride, out last)) return new(0, 0);
            // No overflow: the distance is compared, not the sum.
            ulong distance = stride > 0 ? (ulong)last - (ulong)i : (ulong)i - (ulong)last;
            ulong size = stride > 0 ? (ulong)stride : 0UL - (ulong)stride;
            if (distance < size) return new(0, 0);
            ulong next = LuaNumbers.FromInteger(heap, i + stride);
            return next == 0 ? new(0, 0) : new(next, 1);
        }
        double d = stepIsInt ? stride : delta, b = limitIsInt ? last : bound;
        x += d;
        return (d > 0 ? x <= b : b <= x) ? new(TagRef64.FromDouble(x), 1) : new(0, 0);
    }

    /// <summary>A float limit of an integer loop as an integer (lvm.c's forlimit); false when the loop cannot run.</summary>
    private static bool ClipLimit(double limit, long stride, out long last)
    {
        last = 0;
        if (double.IsNaN(limit)) return false;
        double rounded = stride > 0 ? Math.Floor(limit) : Math.Ceiling(limit);
        if (LuaArithmetic.TryToInteger(rounded, out last)) return true;
        if (limit > 0)
        {
            last = long.MaxValue;
            return stride > 0;
        }
        last = long.MinValue;
        return stride < 0;
    }

    private static LeafResult ForError(LuaHeap heap, string what, ulong value) =>
        new(ErrorLeaves.Located(heap, $"bad 'for' {what} (number expected, got {ErrorLeaves.TypeNameOf(heap.Runtime, value)})"), 2);
}
