using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Compiler;

/// <summary>Calls, exceptions, tail calls, switches, stacks, collections.</summary>
public sealed class ControlTests
{
    private static readonly IntType I64 = IntType.I64;
    private static readonly ReferenceType RefVoid = new(TypeKind.Ref, SimpleType.Void);

    private static IntConstant C(long value) => new(I64, (ulong)value);

    private static Value Bin(BasicBlock b, BinaryOp op, Value x, Value y) => b.Add(new BinaryInstruction(op, I64, x, y)).Result;

    [Fact]
    public void Twelve_arguments_and_results_go_through_registers_and_buffer()
    {
        using var jit = new Jit();
        MuType[] twelve = Enumerable.Range(0, 12).Select(i => i % 3 == 2 ? (MuType)SimpleType.Double : I64).Concat(Enumerable.Repeat((MuType)I64, 6)).ToArray();
        Function reverse = jit.Define(twelve, twelve.Reverse().ToArray(), (_, e, p) => e.Add(new ReturnInstruction(p.Reverse().ToArray<Value>())));
        Function f = jit.Define(twelve, twelve, (_, e, p) =>
        {
            var call = e.Add(new CallInstruction(reverse.Signature, reverse, p.ToArray<Value>()));
            e.Add(new ReturnInstruction(call.Results.Reverse().ToArray<Value>()));
        });
        object[] arguments = twelve.Select((t, i) => t is IntType ? (object)(long)(i + 100) : i + 0.5).ToArray();
        jit.Call(f, arguments);
        for (int i = 0; i < twelve.Length; i++) Assert.Equal(arguments[i] is double d ? BitConverter.DoubleToUInt64Bits(d) : (ulong)(long)arguments[i], jit.Result(f, i));
    }

    [Fact]
    public void An_exception_lands_with_the_values_of_its_frame()
    {
        using var jit = new Jit();
        Function thrower = jit.Define([RefVoid], [I64], (_, e, p) => e.Add(new ThrowInstruction(p[0])));
        Function f = jit.Define([I64], [I64], (v, e, p) =>
        {
            BasicBlock normal = v.AddBlock(), caught = v.AddBlock();
            BlockParameter r = normal.AddParameter(I64), kept = caught.AddParameter(I64), own = caught.AddParameter(RefVoid), exception = caught.AddExceptionParameter(RefVoid);
            Value o = e.Add(new NewInstruction(I64)).Result;
            var call = e.Add(new CallInstruction(thrower.Signature, thrower, e.Add(new ConvertInstruction(ConvertOp.RefCast, o.Type, RefVoid, o)).Result));
            call.SetExceptionClause(new Destination(normal, call.Results[0]), new Destination(caught, p[0], o));
            normal.Add(new ReturnInstruction(r));
            Value same = caught.Add(new CompareInstruction(CompareOp.Eq, RefVoid, own, exception)).Result;
            caught.Add(new ReturnInstruction(Bin(caught, BinaryOp.Add, kept, caught.Add(new ConvertInstruction(ConvertOp.ZExt, IntType.I1, I64, same)).Result)));
        });
        Assert.Equal(42UL, jit.Call(f, 41L));
        Assert.Equal(MuOutcome.Uncaught, jit.Run(thrower, 0L));
    }

    [Fact]
    public void Division_by_zero_takes_the_exceptional_edge()
    {
        using var jit = new Jit();
        Function f = jit.Define([I64, I64], [I64], (v, e, p) =>
        {
            BasicBlock normal = v.AddBlock(), zero = v.AddBlock();
            BlockParameter r = normal.AddParameter(I64);
            zero.AddExceptionParameter(RefVoid);
            var div = e.Add(new BinaryInstruction(BinaryOp.SDiv, I64, p[0], p[1]));
            div.SetExceptionClause(new Destination(normal, div.Result), new Destination(zero));
            normal.Add(new ReturnInstruction(r));
            zero.Add(new ReturnInstruction(C(-7)));
        });
        Assert.Equal(5UL, jit.Call(f, 15L, 3L));
        Assert.Equal(unchecked((ulong)-7), jit.Call(f, 15L, 0L));
        Assert.Equal(1UL << 63, jit.Call(f, long.MinValue, -1L));
    }

    [Fact]
    public void Ten_million_tail_calls_need_no_stack()
    {
        using var jit = new Jit();
        Function f = Jit.Function([I64, I64], [I64]);
        jit.Define(f, (v, e, p) =>
        {
            BasicBlock done = v.AddBlock(), more = v.AddBlock();
            BlockParameter s = done.AddParameter(I64), n = more.AddParameter(I64), a = more.AddParameter(I64);
            e.Add(new Branch2Instruction(e.Add(new CompareInstruction(CompareOp.Eq, I64, p[0], C(0))).Result, new Destination(done, p[1]), new Destination(more, p[0], p[1])));
            done.Add(new ReturnInstruction(s));
            more.Add(new TailCallInstruction(f.Signature, f, Bin(more, BinaryOp.Sub, n, C(1)), Bin(more, BinaryOp.Add, a, n)));
        });
        Assert.Equal(50000005000000UL, jit.Call(f, 10_000_000L, 0L));
    }

    [Theory, InlineData(1L), InlineData(1000L)]
    public void A_switch_finds_its_case(long spread)
    {
        using var jit = new Jit();
        Function f = jit.Define([I64], [I64], (v, e, p) =>
        {
            BasicBlock end = v.AddBlock();
            BlockParameter r = end.AddParameter(I64);
            e.Add(new SwitchInstruction(I64, p[0], new Destination(end, C(-1)), Enumerable.Range(0, 9).Select(i => ((GlobalValue)C((i - 3) * spread), new Destination(end, C(i)))).ToArray()));
            end.Add(new ReturnInstruction(r));
        });
        for (int i = 0; i < 9; i++) Assert.Equal((ulong)i, jit.Call(f, (i - 3) * spread));
        foreach (long other in (long[])[-4 * spread, 6 * spread, long.MinValue, long.MaxValue]) Assert.Equal(ulong.MaxValue, jit.Call(f, other));
    }

    [Fact]
    public void Stack_overflow_is_an_exception()
    {
        using var jit = new Jit();
        Function f = Jit.Function([I64], [I64]);
        jit.Define(f, (_, e, p) => e.Add(new ReturnInstruction(Bin(e, BinaryOp.Add, e.Add(new CallInstruction(f.Signature, f, p[0])).Result, C(1)))));
        Assert.Equal(MuOutcome.Uncaught, jit.Run(f, 1L));
    }

    [Fact]
    public void Swapstack_passes_values_both_ways()
    {
        using var jit = new Jit();
        var stackRef = SimpleType.StackRef;
        Function coroutine = jit.Define([stackRef, I64], [], (v, e, p) =>
        {
            BasicBlock loop = v.AddBlock();
            BlockParameter back = loop.AddParameter(stackRef), x = loop.AddParameter(I64);
            e.Add(new BranchInstruction(new Destination(loop, p[0], p[1])));
            var swap = loop.Add(new SwapStackInstruction(back, [stackRef, I64], NewStackClause.PassValues([I64], Bin(loop, BinaryOp.Mul, x, x))));
            loop.Add(new BranchInstruction(new Destination(loop, swap.Results[0], swap.Results[1])));
        });
        Function f = jit.Define([I64], [I64], (v, e, p) =>
        {
            BasicBlock head = v.AddBlock(), body = v.AddBlock(), exit = v.AddBlock();
            BlockParameter n = head.AddParameter(I64), s = head.AddParameter(I64), co = head.AddParameter(stackRef);
            BlockParameter bn = body.AddParameter(I64), bs = body.AddParameter(I64), bco = body.AddParameter(stackRef), result = exit.AddParameter(I64);
            Value stack = e.Add(new CommonInstruction(CommonOp.NewStack, [], [], [coroutine.Signature], coroutine)).Result;
            e.Add(new BranchInstruction(new Destination(head, p[0], C(0), stack)));
            head.Add(new Branch2Instruction(head.Add(new CompareInstruction(CompareOp.Ne, I64, n, C(0))).Result, new Destination(body, n, s, co), new Destination(exit, s)));
            Value me = body.Add(new CommonInstruction(CommonOp.CurrentStack)).Result;
            var swap = body.Add(new SwapStackInstruction(bco, [I64], NewStackClause.PassValues([stackRef, I64], me, bn)));
            body.Add(new BranchInstruction(new Destination(head, Bin(body, BinaryOp.Sub, bn, C(1)), Bin(body, BinaryOp.Add, bs, swap.Results[0]), bco)));
            exit.Add(new ReturnInstruction(result));
        });
        Assert.Equal(385UL, jit.Call(f, 10L));
    }

    [Theory, InlineData(false, 200_000L), InlineData(true, 300L)]
    public void A_list_survives_collections_at_allocations_and_polls(bool stress, long length)
    {
        using var jit = new Jit(new HeapOptions { MaxHeap = 64 << 20, Stress = stress });
        var node = new StructType(I64);
        var refNode = new ReferenceType(TypeKind.Ref, node);
        node.SetFields(I64, refNode);
        Function f = jit.Define([I64], [I64], (v, e, p) =>
        {
            BasicBlock head = v.AddBlock(), body = v.AddBlock(), sum = v.AddBlock(), next = v.AddBlock(), exit = v.AddBlock();
            BlockParameter n = head.AddParameter(I64), list = head.AddParameter(refNode), bn = body.AddParameter(I64), bl = body.AddParameter(refNode);
            BlockParameter sl = sum.AddParameter(refNode), s = sum.AddParameter(I64), nl = next.AddParameter(refNode), ns = next.AddParameter(I64), r = exit.AddParameter(I64);
            e.Add(new BranchInstruction(new Destination(head, p[0], new NullConstant(refNode))));
            head.Add(new Branch2Instruction(head.Add(new CompareInstruction(CompareOp.Ne, I64, n, C(0))).Result, new Destination(body, n, list), new Destination(sum, list, C(0))));
            Value o = body.Add(new NewInstruction(node)).Result, at = body.Add(new GetIRefInstruction(node, o)).Result;
            body.Add(new NewInstruction(node));
            body.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, I64, body.Add(new GetFieldIRefInstruction(false, node, 0, at)).Result, bn));
            body.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, refNode, body.Add(new GetFieldIRefInstruction(false, node, 1, at)).Result, bl));
            body.Add(new BranchInstruction(new Destination(head, Bin(body, BinaryOp.Sub, bn, C(1)), o)));
            sum.Add(new Branch2Instruction(sum.Add(new CompareInstruction(CompareOp.Eq, refNode, sl, new NullConstant(refNode))).Result, new Destination(exit, s), new Destination(next, sl, s)));
            Value place = next.Add(new GetIRefInstruction(node, nl)).Result;
            Value value = next.Add(new LoadInstruction(false, MemoryOrder.NotAtomic, I64, next.Add(new GetFieldIRefInstruction(false, node, 0, place)).Result)).Result;
            Value rest = next.Add(new LoadInstruction(false, MemoryOrder.NotAtomic, refNode, next.Add(new GetFieldIRefInstruction(false, node, 1, place)).Result)).Result;
            next.Add(new BranchInstruction(new Destination(sum, rest, Bin(next, BinaryOp.Add, ns, value))));
            exit.Add(new ReturnInstruction(r));
        });
        for (int i = 0; i < (stress ? 1 : 20); i++) Assert.Equal((ulong)(length * (length + 1) / 2), jit.Call(f, length));
    }
}
