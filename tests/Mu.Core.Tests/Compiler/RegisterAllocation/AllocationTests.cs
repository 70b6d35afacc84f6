using System.Diagnostics;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.RegisterAllocation;
using Xunit;

namespace Mu.Core.Tests.Compiler.RegisterAllocation;

public class AllocationTests
{
    private readonly LirFunction function = new();
    private int number;

    private LirBlock Block(int depth = 0, bool isCold = false)
    {
        var block = new LirBlock(function.Blocks.Count) { LoopDepth = depth, IsCold = isCold };
        function.Blocks.Add(block);
        return block;
    }

    private static LirEdge Connect(LirBlock from, LirBlock to, params int[] arguments)
    {
        var edge = new LirEdge(from, to, arguments);
        from.Successors = [.. from.Successors, edge];
        to.Predecessors.Add(edge);
        return edge;
    }

    private int V(RefKind kind = RefKind.None) => function.NewVReg(RegClass.Int, kind);

    private static LirOperand Def(int v, int register = -1) => new(v, OperandRole.Def, register < 0 ? OperandConstraint.Register : OperandConstraint.Fixed, register);

    private static LirOperand Use(int v, int register = -1) => new(v, OperandRole.Use, register < 0 ? OperandConstraint.Register : OperandConstraint.Fixed, register);

    private static LirOperand AnyUse(int v) => new(v, OperandRole.Use, OperandConstraint.Any);

    private ToyInstruction Add(LirBlock block, ToyKind kind, params LirOperand[] operands)
    {
        var instruction = new ToyInstruction(kind, kind is ToyKind.Return or ToyKind.Branch ? -++number : ++number).With(operands);
        if (kind == ToyKind.Call) instruction.AsCall();
        if (kind == ToyKind.Constant) instruction.Rematerialisable();
        block.Instructions.Add(instruction);
        return instruction;
    }

    private void Allocate(int registers = 4) => AllocationChecker.RunChecked(function, new ToyTarget(registers));

    private static int Moves(LirBlock block) => block.Instructions.Count(i => i is ToyInstruction { Kind: ToyKind.Move } move && move.Operands[0].VReg < 0);

    private static bool TouchesFrame(LirBlock block) => block.Instructions.Exists(i => i.Operands.Any(o => o.Location.IsSlot));

    /// <summary>A loop over two values, with a branch to a cold call and back.</summary>
    private (LirBlock Entry, LirBlock[] Hot, LirBlock Slow) LoopWithColdCall()
    {
        LirBlock entry = Block(), header = Block(1), slow = Block(1, isCold: true), join = Block(1), exit = Block();
        int limit = V(), first = V(), i = V(), next = V(), r = V(RefKind.Ref);
        Add(entry, ToyKind.Compute, Def(limit, 0), Def(first, 1), Def(r, 2));
        Add(entry, ToyKind.Jump);
        header.Parameters = [i];
        Connect(entry, header, first);
        Add(header, ToyKind.Branch, Use(i), Use(limit));
        Connect(header, slow);
        Connect(header, join);
        Add(slow, ToyKind.Call, Use(i, 0));
        Add(slow, ToyKind.Jump);
        Connect(slow, join);
        Add(join, ToyKind.Compute, new LirOperand(next, OperandRole.Def, OperandConstraint.SameAsInput, 1), Use(i), new LirOperand(r, OperandRole.LateUse, OperandConstraint.Register));
        Add(join, ToyKind.Branch, Use(next));
        Connect(join, header, next);
        Connect(join, exit);
        Add(exit, ToyKind.Return, Use(next, 0), AnyUse(r));
        return (entry, [header, join, exit], slow);
    }

    [Fact]
    public void A_cold_call_leaves_the_loop_in_registers()
    {
        (LirBlock entry, LirBlock[] hot, LirBlock slow) = LoopWithColdCall();
        Allocate();
        Assert.False(TouchesFrame(entry));
        Assert.All(hot, block => Assert.False(TouchesFrame(block)));
        Assert.Equal(0, Moves(hot[0]));
        Assert.Equal(0, Moves(hot[1]));
        Assert.True(TouchesFrame(slow));
        Assert.Single(slow.Instructions.Single(i => i.IsCall).LiveReferences);
        Assert.Equal(5, function.Blocks.Count);
    }

    [Fact]
    public void A_value_across_hot_calls_is_stored_once_and_read_from_the_frame()
    {
        LirBlock entry = Block();
        int v = V();
        Add(entry, ToyKind.Compute, Def(v));
        for (int i = 0; i < 3; i++)
        {
            Add(entry, ToyKind.Call);
            Add(entry, ToyKind.Compute, AnyUse(v));
        }

        Add(entry, ToyKind.Compute, Use(v));
        Add(entry, ToyKind.Compute, Use(v));
        Add(entry, ToyKind.Return);
        Allocate();
        // The store, and one load before the first use that needs a register.
        Assert.Equal(2, Moves(entry));
        Assert.Equal(1, function.SlotCount);
    }

    [Fact]
    public void A_reload_for_a_loop_is_before_the_loop()
    {
        LirBlock entry = Block(), loop = Block(1), exit = Block();
        int v = V();
        Add(entry, ToyKind.Compute, Def(v));
        Add(entry, ToyKind.Call);
        Add(entry, ToyKind.Jump);
        Connect(entry, loop);
        Add(loop, ToyKind.Branch, Use(v));
        Connect(loop, loop);
        Connect(loop, exit);
        Add(exit, ToyKind.Return);
        Allocate();
        Assert.Equal(2, Moves(entry));
        Assert.Equal(0, Moves(loop));
        Assert.Equal(3, function.Blocks.Count);
    }

    [Fact]
    public void A_constant_is_repeated_after_a_call()
    {
        LirBlock entry = Block();
        int c = V();
        Add(entry, ToyKind.Constant, Def(c));
        Add(entry, ToyKind.Compute, Use(c));
        Add(entry, ToyKind.Call);
        Add(entry, ToyKind.Compute, Use(c));
        Add(entry, ToyKind.Return);
        Allocate();
        Assert.Equal(0, function.SlotCount);
        Assert.Equal(2, entry.Instructions.Count(i => i is ToyInstruction { Kind: ToyKind.Constant }));
    }

    [Fact]
    public void Swapped_parameters_go_through_the_scratch_register_on_an_edge_of_their_own()
    {
        LirBlock entry = Block(), loop = Block(1), exit = Block();
        int a = V(), b = V(), x = V(), y = V();
        Add(entry, ToyKind.Compute, Def(a, 0), Def(b, 1));
        Add(entry, ToyKind.Jump);
        loop.Parameters = [x, y];
        Connect(entry, loop, a, b);
        Add(loop, ToyKind.Branch, Use(x), Use(y));
        Connect(loop, loop, y, x);
        Connect(loop, exit);
        Add(exit, ToyKind.Return, AnyUse(x));
        Allocate();
        LirBlock middle = Assert.Single(function.Blocks, block => block.Id > 2);
        Assert.Equal(3, Moves(middle));
        Assert.Equal(0, Moves(entry));
    }

    [Fact]
    public void A_safepoint_that_is_no_call_keeps_references_in_registers_and_names_them()
    {
        LirBlock entry = Block();
        int r = V(RefKind.Ref), t = V(RefKind.Tag), n = V();
        Add(entry, ToyKind.Compute, Def(r, 0), Def(t, 1), Def(n, 2));
        ToyInstruction poll = Add(entry, ToyKind.Compute).Safepoint(true);
        Add(entry, ToyKind.Return, Use(r, 0), Use(t, 1), Use(n, 2));
        Allocate();
        Assert.Equal(0, Moves(entry));
        Assert.Equal([(Location.Register(0), RefKind.Ref), (Location.Register(1), RefKind.Tag)], poll.LiveReferences.OrderBy(e => e.Place.Code));
    }

    [Fact]
    public void A_stored_copy_is_named_with_the_register_so_that_a_later_call_finds_it_up_to_date()
    {
        LirBlock entry = Block();
        int r = V(RefKind.Ref);
        Add(entry, ToyKind.Compute, Def(r));
        Add(entry, ToyKind.Call);
        Add(entry, ToyKind.Compute, Use(r));
        ToyInstruction poll = Add(entry, ToyKind.Compute).Safepoint(true);
        Add(entry, ToyKind.Compute, Use(r));
        Add(entry, ToyKind.Call);
        Add(entry, ToyKind.Return, AnyUse(r));
        Allocate();
        bool isStoredAgain = Moves(entry) > 2;
        Assert.Equal(isStoredAgain ? 1 : 2, poll.LiveReferences.Length);
    }

    [Fact]
    public void Lifetimes_that_do_not_meet_share_a_slot()
    {
        LirBlock entry = Block();
        for (int i = 0; i < 5; i++)
        {
            int v = V();
            Add(entry, ToyKind.Compute, Def(v));
            Add(entry, ToyKind.Call);
            Add(entry, ToyKind.Compute, AnyUse(v));
        }

        Add(entry, ToyKind.Return);
        Allocate();
        Assert.Equal(1, function.SlotCount);
    }

    [Fact]
    public void A_landing_shared_by_calls_gets_its_parameters_in_the_frame()
    {
        LirBlock entry = Block(), second = Block(), end = Block(), landing = Block(isCold: true);
        int a = V(RefKind.Ref), b = V(RefKind.Ref), p = V(RefKind.Ref), e = V(RefKind.Ref), result = V();
        Add(entry, ToyKind.Compute, Def(a), Def(b));
        Add(entry, ToyKind.Call);
        Connect(entry, second);
        landing.Parameters = [p];
        Connect(entry, landing, a).IsExceptional = true;
        Add(second, ToyKind.Call, Def(result, 0));
        Connect(second, end);
        Connect(second, landing, b).IsExceptional = true;
        Add(end, ToyKind.Return, Use(result, 0));
        Add(landing, ToyKind.Compute, Def(e, 0));
        Add(landing, ToyKind.Return, Use(e, 0), Use(p));
        Allocate();
        ToyInstruction enter = Assert.IsType<ToyInstruction>(landing.Instructions[0]);
        Assert.Equal(ToyKind.Compute, enter.Kind);
    }

    [Fact]
    public void The_checker_sees_a_missing_move() =>
        Refuses(f => f.Blocks[2].Instructions.RemoveAll(i => i is ToyInstruction { Kind: ToyKind.Move }));

    [Fact]
    public void The_checker_sees_a_reference_that_the_collector_is_not_told_of() =>
        Refuses(f => f.Blocks[2].Instructions.Single(i => i.IsCall).LiveReferences = []);

    [Fact]
    public void The_checker_sees_a_slot_that_holds_no_reference() =>
        Refuses(f => f.Blocks[2].Instructions.Single(i => i.IsCall).LiveReferences = [.. f.Blocks[2].Instructions.Single(i => i.IsCall).LiveReferences, (Location.Slot(77), RefKind.Ref)]);

    [Fact]
    public void The_checker_sees_an_operand_in_the_wrong_place() =>
        Refuses(f => f.Blocks[4].Instructions.Last().Operands[0].Location = Location.Register(3));

    private void Refuses(Action<LirFunction> disturb)
    {
        LoopWithColdCall();
        Assert.Throws<InvalidOperationException>(() => AllocationChecker.RunChecked(function, new ToyTarget(4), disturb));
    }

    /// <summary>A function of this size shows what grows with the square: the test would not end.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(14)]
    public void A_large_function_is_allocated(int registers)
    {
        LirFunction large = new RandomLir(5000, registers).Make(5000);
        RegisterAllocator.Allocate(large, new ToyTarget(registers));
        Assert.All(large.Blocks.SelectMany(block => block.Instructions).SelectMany(instruction => instruction.Operands), operand => Assert.NotEqual(Location.None, operand.Location));
    }
}
