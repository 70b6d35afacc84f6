using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>Puts moves that happen at once into a sequence.</summary>
internal sealed class ParallelMoves(ILirTarget target)
{
    private record struct Move(RegClass Class, Location From, Location To);

    private readonly List<Move> pending = [];
    private readonly List<(RegClass Class, LirInstruction Original, Location To)> constants = [];

    public void Add(RegClass registerClass, Location from, Location to)
    {
        var move = new Move(registerClass, from, to);
        if (from != to && !pending.Contains(move)) pending.Add(move);
    }

    public void AddConstant(RegClass registerClass, LirInstruction original, Location to) => constants.Add((registerClass, original, to));

    public void Emit(List<LirInstruction> output)
    {
        // The place in use to break a cycle holds a value of this class; a move from slot to slot goes through the other class's scratch register meanwhile.
        RegClass? held = null;
        while (pending.Count > 0)
        {
            bool progress = false;
            for (int i = pending.Count - 1; i >= 0; i--)
            {
                Move move = pending[i];
                if (IsSource(move.To, move.Class, i)) continue;
                pending[i] = pending[^1];
                pending.RemoveAt(pending.Count - 1);
                if (held is RegClass h && move.From == target.ScratchRegister(h) && move.Class.File() == h.File()) held = null;
                EmitMove(move, held, output);
                progress = true;
                i = Math.Min(i, pending.Count);
            }

            if (!progress) held = BreakCycle(output);
        }

        foreach ((RegClass registerClass, LirInstruction original, Location to) in constants) EmitConstant(registerClass, original, to, output);
        constants.Clear();
    }

    private bool IsSource(Location to, RegClass registerClass, int except)
    {
        for (int i = 0; i < pending.Count; i++)
            if (i != except && pending[i].From == to && (to.IsSlot || pending[i].Class.File() == registerClass.File())) return true;
        return false;
    }

    private RegClass BreakCycle(List<LirInstruction> output)
    {
        Move first = pending[0];
        Location scratch = target.ScratchRegister(first.Class);
        output.Add(target.Move(first.Class, first.From, scratch));
        for (int i = 0; i < pending.Count; i++)
            if (pending[i].From == first.From && (first.From.IsSlot || pending[i].Class.File() == first.Class.File())) pending[i] = pending[i] with { From = scratch };
        return first.Class;
    }

    private void EmitMove(Move move, RegClass? held, List<LirInstruction> output)
    {
        if (!move.From.IsSlot || !move.To.IsSlot)
        {
            output.Add(target.Move(move.Class, move.From, move.To));
            return;
        }

        if (move.Class == RegClass.Vector && held is RegClass.Float or RegClass.Vector)
        {
            // Vectors have slots of their own, so that word by word is as good as at once.
            EmitMove(new Move(RegClass.Int, move.From, move.To), held, output);
            EmitMove(new Move(RegClass.Int, Location.Slot(move.From.SlotIndex + 1), Location.Slot(move.To.SlotIndex + 1)), held, output);
            return;
        }

        RegClass through = move.Class == RegClass.Vector ? RegClass.Vector : held == RegClass.Int ? RegClass.Float : RegClass.Int;
        output.Add(target.Move(through, move.From, target.ScratchRegister(through)));
        output.Add(target.Move(through, target.ScratchRegister(through), move.To));
    }

    private void EmitConstant(RegClass registerClass, LirInstruction original, Location to, List<LirInstruction> output)
    {
        Location register = to.IsRegister ? to : target.ScratchRegister(registerClass);
        output.Add(target.Rematerialise(original, register));
        if (!to.IsRegister) output.Add(target.Move(registerClass, register, to));
    }
}
