using Mu.ClientLib.Building;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.ClientLib.Tests.Building;

public sealed class OperationTests
{
    [Theory, ClassData(typeof(Engines))]
    public void Integers_are_widened_and_narrowed(EngineKind engine)
    {
        Assert.Equal(0xFE, TestProgram.Run(engine, b => b.Return(b.ToUnsigned(IntType.I64, b.ToUnsigned(IntType.I8, b.Parameters[0]))), -2));
        Assert.Equal(-2, TestProgram.Run(engine, b => b.Return(b.ToSigned(IntType.I64, b.ToSigned(IntType.I8, b.Parameters[0]))), 0x1FE));
        Assert.Equal(77, TestProgram.Run(engine, b => b.Return(b.ToSigned(IntType.I64, b.Parameters[0])), 77));
    }

    [Theory, ClassData(typeof(Engines))]
    public void Integers_become_doubles_and_come_back(EngineKind engine) =>
        Assert.Equal(-12, TestProgram.Run(engine, b =>
        {
            var half = b.Binary(BinaryOp.FDiv, b.Convert(ConvertOp.SIToFP, SimpleType.Double, b.Parameters[0]), b.Double(2));
            b.Return(b.Convert(ConvertOp.FPToSI, IntType.I64, half));
        }, -25));

    [Theory, ClassData(typeof(Engines))]
    public void A_flag_tells_of_overflow(EngineKind engine)
    {
        Assert.Equal([0, 1], new[] { 1, long.MaxValue }.Select(left => TestProgram.Run(engine, b =>
        {
            var (_, overflows) = b.BinaryWithFlag(BinaryOp.Add, b.Parameters[0], b.Int64(1), StatusFlags.V);
            b.Return(b.ToUnsigned(IntType.I64, overflows));
        }, left)));
    }

    [Theory, ClassData(typeof(Engines))]
    public void Select_and_not_work_on_truth_values(EngineKind engine)
    {
        Assert.Equal([1, 2], new long[] { 5, 6 }.Select(x => TestProgram.Run(engine, b =>
            b.Return(b.Select(b.Not(b.Eq(b.Parameters[0], b.Int64(5))), b.Int64(2), b.Int64(1))), x)));
    }

    [Theory, ClassData(typeof(Engines))]
    public void Structs_and_hybrids_hold_what_was_stored(EngineKind engine) =>
        Assert.Equal(0 + 1 + 4 + 9 + 16 + 5, TestProgram.Run(engine, b =>
        {
            var list = new HybridType([IntType.I64], IntType.I64);
            var hybrid = b.NewHybrid(list, b.Parameters[0]);
            b.StoreField(hybrid, 0, b.HybridLength(hybrid));
            var i = b.NewVariable(b.Int64(0));
            Value More() => b.Compare(CompareOp.Slt, b.Read(i), b.Parameters[0]);
            void Next() => b.Write(i, b.Add(b.Read(i), b.Int64(1)));
            b.While(More, () =>
            {
                b.Store(b.VarElement(hybrid, b.Read(i)), b.Mul(b.Read(i), b.Read(i)));
                Next();
            });
            var sum = b.NewVariable(b.LoadField(hybrid, 0));
            b.Write(i, b.Int64(0));
            b.While(More, () =>
            {
                b.Write(sum, b.Add(b.Read(sum), b.Load(b.VarElement(hybrid, b.Read(i)))));
                Next();
            });
            b.Return(b.Read(sum));
        }, 5));

    [Theory, ClassData(typeof(Engines))]
    public void Array_elements_in_a_struct_are_locations(EngineKind engine) =>
        Assert.Equal(30, TestProgram.Run(engine, b =>
        {
            var array = new SequenceType(TypeKind.Array, IntType.I64, 4);
            var row = b.Field(b.New(new StructType([IntType.I8, array])), 1);
            b.Store(b.Element(row, b.Parameters[0]), b.Int64(30));
            b.Return(b.Add(b.Load(b.Element(row, b.Int64(3))), b.Load(b.Element(row, b.Int64(0)))));
        }, 3));

    [Theory, ClassData(typeof(Engines))]
    public void Atomic_operations_give_the_old_value(EngineKind engine) =>
        Assert.Equal(5 * 100 + 8 * 10 + 1, TestProgram.Run(engine, b =>
        {
            var cell = b.GetIRef(b.New(IntType.I64));
            b.Store(cell, b.Parameters[0], MemoryOrder.SeqCst);
            var before = b.AtomicRmw(AtomicRmwOp.Add, cell, b.Int64(3));
            var (old, replaced) = b.CompareExchange(cell, b.Int64(8), b.Int64(9));
            b.Return(b.Add(b.Add(b.Mul(before, b.Int64(100)), b.Mul(old, b.Int64(10))), b.ToUnsigned(IntType.I64, replaced)));
        }, 5));

    [Theory, ClassData(typeof(Engines))]
    public void Stack_cells_hold_what_was_stored(EngineKind engine) =>
        Assert.Equal(9, TestProgram.Run(engine, b =>
        {
            var cell = b.Alloca(IntType.I64);
            b.Store(cell, b.Parameters[0]);
            b.Return(b.Load(cell));
        }, 9));

    [Theory, ClassData(typeof(Engines))]
    public void Two_stacks_swap_values(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        var generator = program.Declare([SimpleType.StackRef, IntType.I64], []);
        program.Define(generator, b =>
        {
            var n = b.NewVariable(b.Parameters[1]);
            b.While(() => b.Bool(true), () =>
            {
                b.SwapStack(b.Parameters[0], [], b.Read(n));
                b.Write(n, b.Mul(b.Read(n), b.Int64(2)));
            });
            if (b.IsReachable) b.Return();
        });
        var main = program.Define(1, b =>
        {
            var here = b.Common(CommonOp.CurrentStack);
            var there = b.NewStack(generator);
            var sum = b.NewVariable(b.SwapStack(there, [IntType.I64], here, b.Parameters[0])[0]);
            for (int i = 0; i < 4; i++) b.Write(sum, b.Add(b.Read(sum), b.SwapStack(there, [IntType.I64])[0]));
            b.Return(b.Read(sum));
        });
        Assert.Equal(3 * 31, program.Call(main, 3));
    }

    [Fact]
    public void Equal_constants_are_one_object()
    {
        using var program = new TestProgram(EngineKind.Interpreter);
        program.Define(0, b =>
        {
            Assert.Same(b.Int64(5), b.Int64(5));
            Assert.NotSame(b.Int64(5), b.Int64(6));
            Assert.NotSame(b.Double(0.0), b.Double(-0.0));
            b.Return(b.Int64(0));
        });
    }
}
