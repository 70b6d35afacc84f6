using Mu.Core.Compiler.Ssa;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Compiler;

/// <summary>Every integer operation in every kind of width against arithmetic of 128 bits.</summary>
public sealed class IntegerTests
{
    private static readonly int[] Widths = [1, 6, 8, 16, 17, 32, 33, 52, 63, 64];

    public static TheoryData<int> WidthData => [.. Widths];

    private static IEnumerable<ulong> Values(int bits)
    {
        ulong mask = new IntType(bits).Mask;
        ulong[] raw = [0, 1, 2, 3, 5, 7, 9, 31, 63, 100, mask, mask - 1, mask >> 1, (mask >> 1) + 1, (mask >> 1) + 2, mask / 3, mask / 5 * 2];
        return raw.Select(v => v & mask).Distinct();
    }

    /// <summary>The word of a value with rubbish in bits that may hold any.</summary>
    private static ulong Word(ulong value, int bits)
    {
        var shape = new IntShape(bits);
        ulong word = (ulong)shape.Encode(value);
        return bits is 8 or 16 or 32 ? (word & new IntType(bits).Mask) | (0xA5A5_A5A5_A5A5_A5A5 << bits) : word;
    }

    private static ulong Value(ulong word, int bits)
    {
        var shape = new IntShape(bits);
        if (shape.IsJustified) Assert.Equal(0UL, word & ((1UL << shape.Shift) - 1));
        if (bits == 1) Assert.True(word <= 1, $"int<1> word {word:X}");
        return (shape.IsJustified ? word >> shape.Shift : word) & new IntType(bits).Mask;
    }

    private static Int128 Signed(ulong value, int bits) => (Int128)value - (value >> (bits - 1) != 0 ? (Int128)1 << bits : 0);

    private static ulong? Expected(BinaryOp op, ulong a, ulong b, int bits)
    {
        Int128 sa = Signed(a, bits), sb = Signed(b, bits);
        int count = (int)(b & (System.Numerics.BitOperations.RoundUpToPowerOf2((uint)bits) - 1));
        Int128? exact = op switch
        {
            BinaryOp.Add => sa + sb,
            BinaryOp.Sub => sa - sb,
            BinaryOp.Mul => sa * sb,
            BinaryOp.SDiv => b == 0 ? null : sa / sb,
            BinaryOp.SRem => b == 0 ? null : sa % sb,
            BinaryOp.UDiv => b == 0 ? null : (Int128)(a / b),
            BinaryOp.URem => b == 0 ? null : (Int128)(a % b),
            BinaryOp.Shl => count >= 64 ? 0 : (Int128)(UInt128)a << count,
            BinaryOp.LShr => count >= bits ? 0 : (Int128)(a >> count),
            BinaryOp.AShr => sa >> count,
            BinaryOp.And => (Int128)(a & b),
            BinaryOp.Or => (Int128)(a | b),
            _ => (Int128)(a ^ b),
        };
        return exact is { } e ? (ulong)(UInt128)e & new IntType(bits).Mask : null;
    }

    [Theory, MemberData(nameof(WidthData))]
    public void Binary_operations(int bits)
    {
        using var jit = new Jit();
        var type = new IntType(bits);
        foreach (BinaryOp op in Enum.GetValues<BinaryOp>().Where(o => o <= BinaryOp.Xor))
        {
            Function f = jit.Define([type, type], [type], (_, e, p) => e.Add(new ReturnInstruction(e.Add(new BinaryInstruction(op, type, p[0], p[1])).Result)));
            foreach (ulong b in Values(bits))
            {
                Function g = jit.Define([type], [type], (_, e, p) => e.Add(new ReturnInstruction(e.Add(new BinaryInstruction(op, type, p[0], new IntConstant(type, b))).Result)));
                foreach (ulong a in Values(bits))
                {
                    if (Expected(op, a, b, bits) is not { } expected) continue;
                    ulong got = Value(jit.Call(f, Word(a, bits), Word(b, bits)), bits);
                    Assert.True(expected == got, $"{op} int<{bits}> {a:X} {b:X}: {got:X} instead of {expected:X}");
                    got = Value(jit.Call(g, Word(a, bits)), bits);
                    Assert.True(expected == got, $"{op} int<{bits}> {a:X} constant {b:X}: {got:X} instead of {expected:X}");
                }
            }
        }
    }

    [Theory, MemberData(nameof(WidthData))]
    public void Status_flags(int bits)
    {
        using var jit = new Jit();
        var type = new IntType(bits);
        const StatusFlags all = StatusFlags.N | StatusFlags.Z | StatusFlags.C | StatusFlags.V;
        foreach (BinaryOp op in (BinaryOp[])[BinaryOp.Add, BinaryOp.Sub, BinaryOp.Mul])
        {
            Function f = jit.Define([type, type], [type, IntType.I1, IntType.I1, IntType.I1, IntType.I1], (_, e, p) =>
                e.Add(new ReturnInstruction(e.Add(new BinaryInstruction(op, type, p[0], p[1], all)).Results.ToArray<Value>())));
            foreach (ulong a in Values(bits))
                foreach (ulong b in Values(bits))
                {
                    ulong result = Expected(op, a, b, bits)!.Value;
                    Int128 signed = op switch { BinaryOp.Add => Signed(a, bits) + Signed(b, bits), BinaryOp.Sub => Signed(a, bits) - Signed(b, bits), _ => Signed(a, bits) * Signed(b, bits) };
                    bool carry = op switch { BinaryOp.Add => ((UInt128)a + b) >> bits != 0, BinaryOp.Sub => a < b, _ => ((UInt128)a * b) >> bits != 0 };
                    ulong[] expected = [result, Signed(result, bits) < 0 ? 1UL : 0, result == 0 ? 1UL : 0, carry ? 1UL : 0, signed != Signed(result, bits) ? 1UL : 0];
                    jit.Call(f, Word(a, bits), Word(b, bits));
                    ulong[] got = [Value(jit.Result(f), bits), .. Enumerable.Range(1, 4).Select(i => jit.Result(f, i))];
                    Assert.True(expected.SequenceEqual(got), $"{op} int<{bits}> {a:X} {b:X}: {string.Join(",", got)} instead of {string.Join(",", expected)}");
                }
        }
    }

    [Theory, MemberData(nameof(WidthData))]
    public void Comparisons(int bits)
    {
        using var jit = new Jit();
        var type = new IntType(bits);
        foreach (CompareOp op in Enum.GetValues<CompareOp>().Where(o => o <= CompareOp.Ult))
        {
            Function f = jit.Define([type, type], [IntType.I1], (_, e, p) => e.Add(new ReturnInstruction(e.Add(new CompareInstruction(op, type, p[0], p[1])).Result)));
            Function branch = jit.Define([type, type], [IntType.I64], (v, e, p) =>
            {
                BasicBlock yes = v.AddBlock(), no = v.AddBlock();
                yes.Add(new ReturnInstruction(new IntConstant(IntType.I64, 1)));
                no.Add(new ReturnInstruction(new IntConstant(IntType.I64, 0)));
                e.Add(new Branch2Instruction(e.Add(new CompareInstruction(op, type, p[0], p[1])).Result, new Destination(yes), new Destination(no)));
            });
            foreach (ulong a in Values(bits))
                foreach (ulong b in Values(bits))
                {
                    Int128 sa = Signed(a, bits), sb = Signed(b, bits);
                    bool expected = op switch
                    {
                        CompareOp.Eq => a == b, CompareOp.Ne => a != b, CompareOp.Sge => sa >= sb, CompareOp.Sgt => sa > sb, CompareOp.Sle => sa <= sb, CompareOp.Slt => sa < sb,
                        CompareOp.Uge => a >= b, CompareOp.Ugt => a > b, CompareOp.Ule => a <= b, _ => a < b,
                    };
                    Assert.True(jit.Call(f, Word(a, bits), Word(b, bits)) == (expected ? 1UL : 0), $"{op} int<{bits}> {a:X} {b:X}");
                    Assert.True(jit.Call(branch, Word(a, bits), Word(b, bits)) == (expected ? 1UL : 0), $"branch {op} int<{bits}> {a:X} {b:X}");
                }
        }
    }

    [Theory, MemberData(nameof(WidthData))]
    public void Conversions(int from)
    {
        using var jit = new Jit();
        foreach (int to in Widths)
        {
            if (to == from) continue;
            MuType source = new IntType(from), target = new IntType(to);
            foreach (ConvertOp op in to < from ? (ConvertOp[])[ConvertOp.Trunc] : [ConvertOp.ZExt, ConvertOp.SExt])
            {
                Function f = jit.Define([source], [target], (_, e, p) => e.Add(new ReturnInstruction(e.Add(new ConvertInstruction(op, source, target, p[0])).Result)));
                foreach (ulong a in Values(from))
                {
                    ulong expected = (op == ConvertOp.SExt ? (ulong)(UInt128)Signed(a, from) : a) & new IntType(to).Mask;
                    Assert.True(Value(jit.Call(f, Word(a, from)), to) == expected, $"{op} int<{from}> int<{to}> {a:X}");
                }
            }
        }
    }

    [Theory, MemberData(nameof(WidthData))]
    public void Memory(int bits)
    {
        using var jit = new Jit();
        var type = new IntType(bits);
        var pair = new StructType(IntType.I8, type, type);
        Function f = jit.Define([type], [type], (_, e, p) =>
        {
            Value o = e.Add(new NewInstruction(pair)).Result, at = e.Add(new GetIRefInstruction(pair, o)).Result;
            Value field = e.Add(new GetFieldIRefInstruction(false, pair, 2, at)).Result;
            e.Add(new StoreInstruction(false, MemoryOrder.SeqCst, type, field, p[0]));
            e.Add(new ReturnInstruction(e.Add(new LoadInstruction(false, MemoryOrder.NotAtomic, type, field)).Result));
        });
        foreach (ulong a in Values(bits)) Assert.Equal(a, Value(jit.Call(f, Word(a, bits)), bits));
    }
}
