using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Compiler;

public sealed class FirstTests
{
    private static readonly IntType I64 = IntType.I64;

    private static IntConstant C(long value) => new(I64, (ulong)value);

    [Fact]
    public void Adds()
    {
        using var jit = new Jit();
        Function f = jit.Define([I64, I64], [I64], (_, entry, p) =>
            entry.Add(new ReturnInstruction(entry.Add(new BinaryInstruction(BinaryOp.Add, I64, p[0], p[1])).Result)));
        Assert.Equal(42UL, jit.Call(f, 40L, 2L));
    }

    internal static Function Fib(Jit jit)
    {
        Function fib = Jit.Function([I64], [I64], "fib");
        jit.Define(fib, (version, entry, p) =>
        {
            BasicBlock small = version.AddBlock("small"), large = version.AddBlock("large");
            BlockParameter s = small.AddParameter(I64), n = large.AddParameter(I64);
            InstructionResult less = entry.Add(new CompareInstruction(CompareOp.Slt, I64, p[0], C(2))).Result;
            entry.Add(new Branch2Instruction(less, new Destination(small, p[0]), new Destination(large, p[0])));
            small.Add(new ReturnInstruction(s));
            Value Call(long d) => large.Add(new CallInstruction(fib.Signature, fib, large.Add(new BinaryInstruction(BinaryOp.Sub, I64, n, C(d))).Result)).Result;
            Value a = Call(1), b = Call(2);
            large.Add(new ReturnInstruction(large.Add(new BinaryInstruction(BinaryOp.Add, I64, a, b)).Result));
        });
        return fib;
    }

    [Fact]
    public void Recursion()
    {
        using var jit = new Jit();
        Assert.Equal(6765UL, jit.Call(Fib(jit), 20L));
    }

    [Fact]
    public void A_loop_sums()
    {
        using var jit = new Jit();
        Function f = jit.Define([I64], [I64], (version, entry, p) =>
        {
            BasicBlock head = version.AddBlock(), body = version.AddBlock(), exit = version.AddBlock();
            BlockParameter hn = head.AddParameter(I64), hi = head.AddParameter(I64), hs = head.AddParameter(I64);
            BlockParameter bn = body.AddParameter(I64), bi = body.AddParameter(I64), bs = body.AddParameter(I64);
            BlockParameter es = exit.AddParameter(I64);
            entry.Add(new BranchInstruction(new Destination(head, p[0], C(0), C(0))));
            Value more = head.Add(new CompareInstruction(CompareOp.Slt, I64, hi, hn)).Result;
            head.Add(new Branch2Instruction(more, new Destination(body, hn, hi, hs), new Destination(exit, hs)));
            Value s = body.Add(new BinaryInstruction(BinaryOp.Add, I64, bs, bi)).Result, i = body.Add(new BinaryInstruction(BinaryOp.Add, I64, bi, C(1))).Result;
            body.Add(new BranchInstruction(new Destination(head, bn, i, s)));
            exit.Add(new ReturnInstruction(es));
        }, "sum");
        Assert.Equal(4950UL, jit.Call(f, 100L));
    }

    [Fact]
    public void Memory_is_allocated_stored_and_loaded()
    {
        using var jit = new Jit();
        var pair = new StructType(I64, SimpleType.Double);
        Function f = jit.Define([I64], [I64], (_, entry, p) =>
        {
            Value o = entry.Add(new NewInstruction(pair)).Result, at = entry.Add(new GetIRefInstruction(pair, o)).Result;
            Value field = entry.Add(new GetFieldIRefInstruction(false, pair, 0, at)).Result;
            entry.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, I64, field, p[0]));
            entry.Add(new ReturnInstruction(entry.Add(new LoadInstruction(false, MemoryOrder.NotAtomic, I64, field)).Result));
        });
        Assert.Equal(99UL, jit.Call(f, 99L));
    }
}
