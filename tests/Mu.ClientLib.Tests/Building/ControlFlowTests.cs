using Mu.ClientLib.Building;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.ClientLib.Tests.Building;

public sealed class ControlFlowTests
{
    [Theory, ClassData(typeof(Engines))]
    public void A_parameter_comes_back(EngineKind engine) => Assert.Equal(42, TestProgram.Run(engine, b => b.Return(b.Parameters[0]), 42));

    [Theory, ClassData(typeof(Engines))]
    public void A_while_loop_updates_its_variables(EngineKind engine)
    {
        Assert.Equal(5050, TestProgram.Run(engine, Sum, 100));
        Assert.Equal(0, TestProgram.Run(engine, Sum, 0));

        static void Sum(FunctionBuilder b)
        {
            var i = b.NewVariable(b.Int64(0), "i");
            var sum = b.NewVariable(b.Int64(0), "sum");
            b.While(() => b.Compare(CompareOp.Slt, b.Read(i), b.Parameters[0]), () =>
            {
                b.Write(i, b.Add(b.Read(i), b.Int64(1)));
                b.Write(sum, b.Add(b.Read(sum), b.Read(i)));
            });
            b.Return(b.Read(sum));
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public void A_loop_that_swaps_two_variables_moves_them_at_once(EngineKind engine) =>
        Assert.Equal(2_000_001, TestProgram.Run(engine, b =>
        {
            var x = b.NewVariable(b.Int64(1));
            var y = b.NewVariable(b.Int64(2));
            var n = b.NewVariable(b.Parameters[0]);
            b.While(() => b.Ne(b.Read(n), b.Int64(0)), () =>
            {
                Value oldX = b.Read(x), oldY = b.Read(y);
                b.Write(x, oldY);
                b.Write(y, oldX);
                b.Write(n, b.Sub(b.Read(n), b.Int64(1)));
            });
            b.Return(b.Add(b.Mul(b.Read(x), b.Int64(1_000_000)), b.Read(y)));
        }, 7));

    [Theory, ClassData(typeof(Engines))]
    public void A_value_may_be_used_wherever_its_definition_dominates(EngineKind engine) =>
        Assert.Equal((3 + 4) * 10 + 3, TestProgram.Run(engine, b =>
        {
            var sum = b.Add(b.Parameters[0], b.Parameters[1]);
            var n = b.NewVariable(b.Int64(0));
            var total = b.NewVariable(b.Int64(0));
            b.While(() => b.Compare(CompareOp.Slt, b.Read(n), b.Int64(10)), () =>
            {
                b.If(b.Eq(b.Read(n), b.Int64(20)), () => b.Return(b.Int64(-1)));
                b.Write(total, b.Add(b.Read(total), sum));
                b.Write(n, b.Add(b.Read(n), b.Int64(1)));
            });
            b.Return(b.Add(b.Read(total), b.Parameters[0]));
        }, 3, 4));

    [Theory, ClassData(typeof(Engines))]
    public void A_value_read_before_an_assignment_keeps_its_old_value(EngineKind engine) =>
        Assert.Equal(5, TestProgram.Run(engine, b =>
        {
            var x = b.NewVariable(b.Parameters[0]);
            var old = b.Read(x);
            var next = b.NewLabel();
            b.Write(x, b.Int64(9));
            b.Jump(next);
            b.PlaceSealed(next);
            b.Write(x, b.Add(b.Read(x), b.Int64(100)));
            b.Return(old);
        }, 5));

    [Theory, ClassData(typeof(Engines))]
    public void An_unsealed_header_gets_its_parameters_when_sealed_late(EngineKind engine) =>
        Assert.Equal(10 + 9 + 8 + 7 + 6 + 5 + 4 + 3 + 2 + 1, TestProgram.Run(engine, b =>
        {
            var n = b.NewVariable(b.Parameters[0]);
            var sum = b.NewVariable(b.Int64(0));
            Label head = b.NewLabel("head"), end = b.NewLabel("end");
            b.Place(head);
            b.BranchUnless(b.Compare(CompareOp.Sgt, b.Read(n), b.Int64(0)), end);
            b.Write(sum, b.Add(b.Read(sum), b.Read(n)));
            b.Write(n, b.Sub(b.Read(n), b.Int64(1)));
            b.Jump(head);
            b.Place(end);
            b.Return(b.Read(sum));
        }, 10));

    [Theory, ClassData(typeof(Engines))]
    public void Two_back_edges_bring_their_own_values(EngineKind engine) =>
        Assert.Equal(3 * 10 + 3, TestProgram.Run(engine, b =>
        {
            var n = b.NewVariable(b.Parameters[0]);
            var sum = b.NewVariable(b.Int64(0));
            Label head = b.NewLabel(), end = b.NewLabel(), even = b.NewLabel();
            b.Place(head);
            b.BranchIf(b.Eq(b.Read(n), b.Int64(0)), end);
            b.Write(n, b.Sub(b.Read(n), b.Int64(1)));
            b.BranchIf(b.Eq(b.And(b.Read(n), b.Int64(1)), b.Int64(0)), even);
            b.Write(sum, b.Add(b.Read(sum), b.Int64(10)));
            b.Jump(head);
            b.PlaceSealed(even);
            b.Write(sum, b.Add(b.Read(sum), b.Int64(1)));
            b.Jump(head);
            b.Seal(head);
            b.PlaceSealed(end);
            b.Return(b.Read(sum));
        }, 6));

    [Theory, ClassData(typeof(Engines))]
    public void Nested_ifs_and_loops_keep_their_variables_apart(EngineKind engine)
    {
        for (long n = 0; n < 6; n++) Assert.Equal(Expected(n), TestProgram.Run(engine, Nested, n));

        static long Expected(long n)
        {
            long odd = 0, even = 0;
            for (long i = 0; i < n; i++)
                for (long j = 0; j <= i; j++)
                    if (((i + j) & 1) == 0)
                    {
                        if (j == 0) even += 100;
                        else even += j;
                    }
                    else odd += i;
            return even * 1000 + odd;
        }

        static void Nested(FunctionBuilder b)
        {
            var odd = b.NewVariable(b.Int64(0));
            var even = b.NewVariable(b.Int64(0));
            var i = b.NewVariable(b.Int64(0));
            var j = b.NewVariable(IntType.I64);
            b.While(() => b.Compare(CompareOp.Slt, b.Read(i), b.Parameters[0]), () =>
            {
                b.Write(j, b.Int64(0));
                b.While(() => b.Compare(CompareOp.Sle, b.Read(j), b.Read(i)), () =>
                {
                    b.If(b.Eq(b.And(b.Add(b.Read(i), b.Read(j)), b.Int64(1)), b.Int64(0)),
                        () => b.If(b.Eq(b.Read(j), b.Int64(0)),
                            () => b.Write(even, b.Add(b.Read(even), b.Int64(100))),
                            () => b.Write(even, b.Add(b.Read(even), b.Read(j)))),
                        () => b.Write(odd, b.Add(b.Read(odd), b.Read(i))));
                    b.Write(j, b.Add(b.Read(j), b.Int64(1)));
                });
                b.Write(i, b.Add(b.Read(i), b.Int64(1)));
            });
            b.Return(b.Add(b.Mul(b.Read(even), b.Int64(1000)), b.Read(odd)));
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public void Switch_goes_to_its_case_or_the_default(EngineKind engine)
    {
        long[] keys = [0, 1, 2, 3, -1, 1L << 40];
        Assert.Equal([10, 11, 99, 13, 14, 99], keys.Select(key => TestProgram.Run(engine, Choose, key)));

        static void Choose(FunctionBuilder b)
        {
            var result = b.NewVariable(IntType.I64);
            Label zero = b.NewLabel(), one = b.NewLabel(), three = b.NewLabel(), minus = b.NewLabel(), other = b.NewLabel(), end = b.NewLabel();
            b.Switch(b.Parameters[0], other, (0UL, zero), (1UL, one), (3UL, three), (ulong.MaxValue, minus));
            foreach (var (label, value) in new[] { (zero, 10), (one, 11), (three, 13), (minus, 14), (other, 99) })
            {
                b.PlaceSealed(label);
                b.Write(result, b.Int64(value));
                b.Jump(end);
            }
            b.PlaceSealed(end);
            b.Return(b.Read(result));
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public void Several_cases_may_share_a_label(EngineKind engine)
    {
        Assert.Equal([7, 7, 0], new long[] { 4, 5, 6 }.Select(key => TestProgram.Run(engine, b =>
        {
            var result = b.NewVariable(b.Int64(7));
            Label hit = b.NewLabel(), miss = b.NewLabel();
            b.Switch(b.Parameters[0], miss, (4UL, hit), (5UL, hit));
            b.PlaceSealed(miss);
            b.Write(result, b.Int64(0));
            b.PlaceSealed(hit);
            b.Return(b.Read(result));
        }, key)));
    }

    [Theory, ClassData(typeof(Engines))]
    public void Declared_parameters_of_a_label_come_before_those_of_variables(EngineKind engine) =>
        Assert.Equal(5 * 100 + 8, TestProgram.Run(engine, b =>
        {
            var kept = b.NewVariable(b.Add(b.Parameters[0], b.Int64(3)));
            var label = b.NewLabel();
            var given = b.AddParameter(label, IntType.I64);
            Label left = b.NewLabel(), right = b.NewLabel();
            b.Branch(b.Bool(true), left, right);
            b.PlaceSealed(left);
            b.Jump(label, b.Parameters[0]);
            b.PlaceSealed(right);
            b.Jump(label, b.Int64(1));
            b.PlaceSealed(label);
            b.Return(b.Add(b.Mul(given, b.Int64(100)), b.Read(kept)));
        }, 5));

    [Theory, ClassData(typeof(Engines))]
    public void Unreachable_code_is_dropped(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        FunctionVersion? version = null;
        var function = program.Define(1, b =>
        {
            version = b.Version;
            var x = b.NewVariable(b.Parameters[0]);
            Label end = b.NewLabel(), dead = b.NewLabel(), deader = b.NewLabel();
            b.Jump(end);
            Assert.False(b.IsReachable);
            b.Place(dead);
            b.Write(x, b.Add(b.Read(x), b.Int64(1)));
            b.BranchIf(b.Eq(b.Read(x), b.Int64(3)), end);
            b.Place(deader);
            b.Jump(dead);
            b.Place(end);
            b.Return(b.Read(x));
        });
        Assert.Equal(11, program.Call(function, 11));
        Assert.Equal(2, version!.Blocks.Count);
    }

    [Theory, ClassData(typeof(Engines))]
    public void After_an_if_whose_parts_both_leave_nothing_is_reachable(EngineKind engine)
    {
        Assert.Equal([2, 1], new long[] { 0, 1 }.Select(argument => TestProgram.Run(engine, b =>
        {
            b.If(b.Eq(b.Parameters[0], b.Int64(0)), () => b.Return(b.Int64(2)), () => b.Return(b.Int64(1)));
            Assert.False(b.IsReachable);
        }, argument)));
    }

    [Theory, ClassData(typeof(Engines))]
    public void A_variable_written_on_both_sides_of_a_diamond_merges(EngineKind engine)
    {
        Assert.Equal([1, 2], new long[] { 0, 5 }.Select(argument => TestProgram.Run(engine, b =>
        {
            var x = b.NewVariable(IntType.I64);
            b.If(b.Eq(b.Parameters[0], b.Int64(0)), () => b.Write(x, b.Int64(1)), () => b.Write(x, b.Int64(2)));
            b.Return(b.Read(x));
        }, argument)));
    }

    [Theory, ClassData(typeof(Engines))]
    public void Functions_call_themselves_and_each_other(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        Function fib = program.Declare(TestProgram.Ints(1), [IntType.I64]), twice = program.Declare(TestProgram.Ints(1), [IntType.I64]);
        program.Define(fib, b =>
        {
            var n = b.Parameters[0];
            b.If(b.Compare(CompareOp.Slt, n, b.Int64(2)), () => b.Return(n));
            var first = b.CallOne(fib, b.Sub(n, b.Int64(1)));
            b.Return(b.Add(first, b.CallOne(fib, b.Sub(n, b.Int64(2)))));
        });
        program.Define(twice, b => b.Return(b.Mul(b.Int64(2), b.CallOne(fib, b.Parameters[0]))));
        Assert.Equal(2 * 610, program.Call(twice, 15));
    }

    [Theory, ClassData(typeof(Engines))]
    public void Tail_calls_take_no_stack(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        var count = program.Declare(TestProgram.Ints(2), [IntType.I64]);
        program.Define(count, b =>
        {
            b.If(b.Eq(b.Parameters[0], b.Int64(0)), () => b.Return(b.Parameters[1]));
            b.TailCall(count, b.Sub(b.Parameters[0], b.Int64(1)), b.Add(b.Parameters[1], b.Int64(2)));
        });
        long rounds = engine == EngineKind.Jit ? 5_000_000 : 100_000;
        Assert.Equal(2 * rounds, program.Call(count, rounds, 0));
    }

    [Theory, ClassData(typeof(Engines))]
    public void Several_results_arrive_in_order(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        var pair = program.Define(program.Declare(TestProgram.Ints(2), TestProgram.Ints(2)), b => b.Return(b.Parameters[1], b.Parameters[0]));
        var user = program.Define(2, b =>
        {
            var results = b.Call(pair, b.Parameters[0], b.Parameters[1]);
            b.Return(b.Sub(results[0], results[1]));
        });
        Assert.Equal(30, program.Call(user, 12, 42));
    }
}
