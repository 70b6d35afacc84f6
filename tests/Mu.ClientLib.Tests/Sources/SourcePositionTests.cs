using Mu.ClientLib.Sources;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.ClientLib.Tests.Sources;

public sealed class SourcePositionTests
{
    [Fact]
    public void Tags_give_their_positions_back()
    {
        var positions = new SourcePositions();
        int first = positions.Add(new(3, 1, "f")), again = positions.Add(new(3, 1, "f")), second = positions.Add(new(2, 9));
        Assert.Equal(first, again);
        Assert.NotEqual(first, second);
        Assert.Equal(new SourcePosition(3, 1, "f"), positions.Find(first));
        Assert.Equal(new SourcePosition(2, 9), positions.Find(second));
        Assert.Equal([2, 3], positions.Lines());
    }

    [Fact]
    public void Tag_0_is_no_position_and_foreign_tags_are_refused()
    {
        var positions = new SourcePositions();
        Assert.Null(positions.Find(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => positions.Find(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => positions.Find(-1));
    }

    [Theory, ClassData(typeof(Engines))]
    public void The_lines_of_all_frames_come_back_at_a_trap(EngineKind engine)
    {
        var positions = new SourcePositions();
        using var program = new TestProgram(engine);
        var inner = program.Define(1, b =>
        {
            b.SourceTag = positions.Add(new(10, 1));
            var sum = b.Add(b.Parameters[0], b.Int64(1));
            b.SourceTag = positions.Add(new(11, 5));
            b.Return(b.Trap([IntType.I64], sum)[0]);
        });
        var outer = program.Define(1, b =>
        {
            b.SourceTag = positions.Add(new(20, 1));
            var first = b.Mul(b.Parameters[0], b.Int64(2));
            b.SourceTag = positions.Add(new(21, 3));
            var result = b.CallOne(inner, first);
            b.SourceTag = positions.Add(new(22, 1));
            b.Return(result);
        });
        var lines = new List<(int, int)>();
        long kept = 0;
        program.VM.TrapHandler = trap =>
        {
            using var cursor = trap.NewCursor();
            do lines.Add(Place(positions.Find(cursor.Instruction!.SourceTag)!.Value));
            while (cursor.NextFrame());
            kept = trap.Context.ToInt64(trap.KeepAlives()[0]);
            return TrapResult.PassValues([trap.Context.FromInt64(kept * 100)]);
        };
        Assert.Equal(1500, program.Call(outer, 7));
        Assert.Equal(15, kept);
        Assert.Equal([(11, 5), (21, 3)], lines);

        static (int, int) Place(SourcePosition position) => (position.Line, position.Column);
    }

    [Theory, ClassData(typeof(Engines))]
    public void A_call_that_raises_has_its_own_line_inside_a_try(EngineKind engine)
    {
        using var program = new TestProgram(engine);
        var trapping = program.Define(0, b => b.Return(b.Trap([IntType.I64])[0]));
        var caller = program.Define(0, b =>
        {
            var handler = b.NewHandler();
            using (b.Try(handler))
            {
                b.SourceTag = 1;
                var first = b.CallOne(trapping);
                b.SourceTag = 2;
                b.Return(b.Add(first, b.CallOne(trapping)));
            }
            b.PlaceSealed(handler);
            b.Return(b.Int64(-1));
        });
        var tags = new List<int>();
        program.VM.TrapHandler = trap =>
        {
            using var cursor = trap.NewCursor();
            Assert.True(cursor.NextFrame());
            tags.Add(cursor.Instruction!.SourceTag);
            return TrapResult.PassValues([trap.Context.FromInt64(4)]);
        };
        Assert.Equal(8, program.Call(caller));
        Assert.Equal([1, 2], tags);
    }
}
