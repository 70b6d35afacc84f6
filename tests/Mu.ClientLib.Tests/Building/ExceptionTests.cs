using Mu.ClientLib.Building;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.ClientLib.Tests.Building;

public sealed class ExceptionTests
{
    /// <summary>The exceptions of these tests: objects that hold a number.</summary>
    private static readonly StructType Box = new([IntType.I64]);

    private static readonly ReferenceType BoxRef = new(TypeKind.Ref, Box);

    [Theory, ClassData(typeof(Engines))]
    public void An_exception_thrown_in_the_same_function_is_caught(EngineKind engine) =>
        Assert.Equal(7, TestProgram.Run(engine, b =>
        {
            var handler = b.NewHandler();
            using (b.Try(handler)) b.Throw(NewBox(b, b.Parameters[0]));
            b.PlaceSealed(handler);
            b.Return(Content(b, handler.Exception));
        }, 7));

    [Theory, ClassData(typeof(Engines))]
    public void An_exception_of_a_callee_is_caught(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        var thrower = Thrower(program);
        var catcher = program.Define(1, b =>
        {
            var handler = b.NewHandler();
            using (b.Try(handler)) b.Return(b.CallOne(thrower, b.Parameters[0]));
            b.PlaceSealed(handler);
            b.Return(b.Add(b.Int64(1000), Content(b, handler.Exception)));
        });
        Assert.Equal(1005, program.Call(catcher, 5));
        Assert.Equal(-4, program.Call(catcher, -4));
    }

    [Theory, ClassData(typeof(Engines))]
    public void A_handler_sees_the_values_that_variables_had_at_the_instruction_that_raised(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        var thrower = Thrower(program);
        var function = program.Define(3, b =>
        {
            var at = b.NewVariable(b.Int64(0), "at");
            var handler = b.NewHandler();
            using (b.Try(handler))
                for (int i = 0; i < 3; i++)
                {
                    b.Write(at, b.Int64(i + 1));
                    b.Write(at, b.Add(b.Read(at), b.Mul(b.Int64(10), b.CallOne(thrower, b.Parameters[i]))));
                }
            b.Return(b.Int64(-1));
            b.PlaceSealed(handler);
            b.Return(b.Read(at));
        });
        Assert.Equal([1, 2, 3, -1], new[] { program.Call(function, 1, 0, 0), program.Call(function, 0, 1, 0), program.Call(function, -7, 0, 1), program.Call(function, 0, 0, 0) });
    }

    [Theory, ClassData(typeof(Engines))]
    public void A_value_from_before_the_try_lives_into_the_handler(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        var thrower = Thrower(program);
        var function = program.Define(2, b =>
        {
            var product = b.Mul(b.Parameters[0], b.Parameters[1]);
            var handler = b.NewHandler();
            using (b.Try(handler)) b.Call(thrower, b.Parameters[0]);
            b.Return(b.Int64(0));
            b.PlaceSealed(handler);
            b.Return(b.Add(product, Content(b, handler.Exception)));
        });
        Assert.Equal(6 * 7 + 6, program.Call(function, 6, 7));
    }

    [Theory, ClassData(typeof(Engines))]
    public void A_reference_lives_into_the_handler_across_collections(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        var thrower = Thrower(program);
        var function = program.Define(1, b =>
        {
            var box = NewBox(b, b.Int64(123));
            var n = b.NewVariable(b.Int64(0));
            b.While(() => b.Compare(CompareOp.Slt, b.Read(n), b.Int64(20_000)), () =>
            {
                NewBox(b, b.Read(n));
                b.Write(n, b.Add(b.Read(n), b.Int64(1)));
            });
            var handler = b.NewHandler();
            using (b.Try(handler)) b.Call(thrower, b.Parameters[0]);
            b.Return(b.Int64(0));
            b.PlaceSealed(handler);
            b.Return(b.Add(Content(b, box), Content(b, handler.Exception)));
        });
        Assert.Equal(124, program.Call(function, 1));
    }

    [Theory, ClassData(typeof(Engines))]
    public void A_handler_rethrows_to_the_outer_handler(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        var thrower = Thrower(program);
        var function = program.Define(1, b =>
        {
            Label outer = b.NewHandler("outer"), inner = b.NewHandler("inner");
            var path = b.NewVariable(b.Int64(1));
            using (b.Try(outer))
            {
                using (b.Try(inner)) b.Call(thrower, b.Parameters[0]);
                b.Return(b.Int64(0));
                b.PlaceSealed(inner);
                b.Write(path, b.Add(b.Read(path), b.Int64(10)));
                b.Throw(inner.Exception);
            }
            b.PlaceSealed(outer);
            b.Write(path, b.Add(b.Read(path), b.Int64(100)));
            b.Return(b.Add(b.Mul(b.Read(path), b.Int64(1000)), Content(b, outer.Exception)));
        });
        Assert.Equal(111_009, program.Call(function, 9));
    }

    [Theory, ClassData(typeof(Engines))]
    public void Outside_a_try_its_handler_is_not_in_force(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        var thrower = Thrower(program);
        var function = program.Define(2, b =>
        {
            Label outer = b.NewHandler("outer"), inner = b.NewHandler("inner");
            using (b.Try(outer))
            {
                int depth = b.TryDepth;
                using (b.Try(inner))
                {
                    b.If(b.Eq(b.Parameters[1], b.Int64(1)), () =>
                    {
                        using (b.OutsideTry(depth)) b.Return(b.CallOne(thrower, b.Parameters[0]));
                    });
                    b.If(b.Eq(b.Parameters[1], b.Int64(2)), () =>
                    {
                        using (b.OutsideTry(0)) b.Return(b.CallOne(thrower, b.Parameters[0]));
                    });
                    b.Return(b.CallOne(thrower, b.Parameters[0]));
                }
            }
            b.PlaceSealed(inner);
            b.Return(b.Int64(200));
            b.PlaceSealed(outer);
            b.Return(b.Int64(100));
        });
        Assert.Equal(200, program.Call(function, 1, 0));
        Assert.Equal(100, program.Call(function, 1, 1));
        Assert.Throws<UncaughtMuException>(() => program.Call(function, 1, 2));
    }

    [Theory, ClassData(typeof(Engines))]
    public void A_loop_catches_in_each_round(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        var thrower = Thrower(program);
        var function = program.Define(1, b =>
        {
            var n = b.NewVariable(b.Parameters[0]);
            var caught = b.NewVariable(b.Int64(0));
            b.While(() => b.Compare(CompareOp.Sgt, b.Read(n), b.Int64(-5)), () =>
            {
                Label handler = b.NewHandler(), next = b.NewLabel();
                using (b.Try(handler)) b.Call(thrower, b.Read(n));
                b.Jump(next);
                b.PlaceSealed(handler);
                b.Write(caught, b.Add(b.Read(caught), Content(b, handler.Exception)));
                b.PlaceSealed(next);
                b.Write(n, b.Sub(b.Read(n), b.Int64(1)));
            });
            b.Return(b.Read(caught));
        });
        Assert.Equal(55, program.Call(function, 10));
    }

    [Theory, ClassData(typeof(Engines))]
    public void A_division_by_zero_goes_to_the_handler_with_NULL(EngineKind engine)
    {
        Assert.Equal([21, 2], new long[] { 2, 0 }.Select(divisor => TestProgram.Run(engine, b =>
        {
            var handler = b.NewHandler();
            using (b.Try(handler)) b.Return(b.Binary(BinaryOp.SDiv, b.Int64(42), b.Parameters[0]));
            b.PlaceSealed(handler);
            b.Return(b.Select(b.IsNull(handler.Exception), b.Int64(2), b.Int64(3)));
        }, divisor)));
    }

    [Theory, ClassData(typeof(Engines))]
    public void A_handler_that_nothing_raises_into_is_dropped(EngineKind engine) =>
        Assert.Equal(3, TestProgram.Run(engine, b =>
        {
            var handler = b.NewHandler();
            using (b.Try(handler)) b.Return(b.Add(b.Parameters[0], b.Int64(1)));
            b.PlaceSealed(handler);
            b.Return(b.Int64(0));
        }, 2));

    [Theory, ClassData(typeof(Engines))]
    public void What_nobody_catches_reaches_the_caller(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        var thrower = Thrower(program);
        Assert.Throws<UncaughtMuException>(() => program.Call(thrower, 1));
        Assert.Equal(-1, program.Call(thrower, -1));
    }

    /// <summary>A function that throws a box of its argument when it is positive, and else returns it.</summary>
    private static Function Thrower(TestProgram program) => program.Define(1, b =>
    {
        b.If(b.Compare(CompareOp.Sgt, b.Parameters[0], b.Int64(0)), () => b.Throw(NewBox(b, b.Parameters[0])));
        b.Return(b.Parameters[0]);
    });

    private static Value NewBox(FunctionBuilder b, Value content)
    {
        var box = b.New(Box);
        b.StoreField(box, 0, content);
        return b.CastRef(box, WellKnownTypes.RefVoid);
    }

    private static Value Content(FunctionBuilder b, Value box) => b.LoadField(b.CastRef(box, BoxRef), 0);
}
