using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>
/// Writes the places into the operands, and puts in the moves between them: where intervals were split, to fixed registers and from them, and on the edges
/// (resolution and the replacement of block parameters in one, as in Wimmer and Franz, fig. 6).
/// </summary>
internal sealed partial class Rewriter
{
    /// <summary>A move of a value from one place to another; from None a constant is repeated.</summary>
    private readonly record struct Transfer(int VReg, Location From, Location To, bool IsSpill);

    private readonly Places places;
    private readonly Lifetimes lifetimes;
    private readonly Linearisation code;
    private readonly ParallelMoves parallel;
    private readonly ILirTarget target;
    private readonly List<Transfer> transfers = [];
    /// <summary>By instruction: transfers in the gap before it and after it (for a header: when the block is entered).</summary>
    private IntPool before, after;
    /// <summary>By block: transfers of an edge at its start, or before its terminator.</summary>
    private IntPool atStart, atEnd;
    private readonly List<(LirEdge Edge, int First, int Last)> splitEdges = [];
    /// <summary>What spilling at the places where the value leaves its register costs.</summary>
    private readonly float[] spillCost;

    private Rewriter(Places places, ILirTarget target)
    {
        this.places = places;
        this.target = target;
        lifetimes = places.Lifetimes;
        code = lifetimes.Code;
        parallel = new ParallelMoves(target);
        before = new IntPool(code.Instructions.Length);
        after = new IntPool(code.Instructions.Length);
        atStart = new IntPool(code.Blocks.Length);
        atEnd = new IntPool(code.Blocks.Length);
        spillCost = new float[places.Slot.Length];
    }

    public static void Run(Places places, ILirTarget target)
    {
        var rewriter = new Rewriter(places, target);
        rewriter.CollectSplits();
        rewriter.CollectEdges();
        rewriter.CollectDefinitionStores();
        for (int i = 0; i < rewriter.code.Instructions.Length; i++)
            if (rewriter.code.Instructions[i] is LirInstruction instruction) rewriter.SetPlaces(i, instruction);
        rewriter.SetReferences();
        for (int b = 0; b < rewriter.code.Blocks.Length; b++) rewriter.RewriteBlock(b);
        foreach ((LirEdge edge, int first, int last) in rewriter.splitEdges) rewriter.SplitEdge(edge, first, last);
    }

    private void CollectSplits()
    {
        for (int i = 1; i < places.Intervals.Length; i++)
        {
            LiveInterval from = places.Intervals[i - 1], to = places.Intervals[i];
            if (from.VReg != to.VReg || from.End != to.Start || to.Start == lifetimes.DefinitionPosition[to.VReg] || code.IsBlockStart(to.Start)) continue;
            int instruction = to.Start >> 2;
            // A value that leaves its register between the uses and results of an instruction is stored in the gap, from where it was before.
            if ((to.Start & 3) != 0 && from.Start == 4 * instruction && from.Start != lifetimes.DefinitionPosition[to.VReg])
            {
                from = places.Intervals[i - 2];
                if (from.VReg != to.VReg || from.End != 4 * instruction) throw new InvalidOperationException($"v{to.VReg} comes from nowhere at {to.Start}");
            }

            Location source = places.Of(from), destination = places.Of(to);
            if (source == destination || destination == Location.None) continue;
            bool isSpill = destination.IsSlot;
            if (isSpill) spillCost[to.VReg] += code.Weight(code.BlockOf[instruction]);
            var transfer = new Transfer(to.VReg, source, destination, isSpill);
            // A result may leave its register to another result of the same instruction.
            if (lifetimes.Definition[to.VReg] == instruction) Push(ref after, instruction, transfer);
            else Push(ref before, instruction, transfer);
        }
    }

    private void Push(ref IntPool pool, int list, Transfer transfer)
    {
        pool.Push(list, transfers.Count);
        transfers.Add(transfer);
    }

    private void CollectEdges()
    {
        // Every place at a block's start or end is looked up once, not once for each edge.
        IntTable liveIn = lifetimes.Liveness.In, liveOut = lifetimes.Liveness.Out;
        var startPlaces = new Location[liveIn.Count];
        var endPlaces = new Location[places.Slot.Length];
        for (int b = 0; b < code.Blocks.Length; b++)
        {
            int start = code.Start(b), next = liveIn.First(b);
            foreach (int vreg in liveIn[b]) startPlaces[next++] = places.At(vreg, start);
        }

        for (int b = 0; b < code.Blocks.Length; b++)
        {
            if (code.Blocks[b].Successors.Length == 0) continue;
            foreach (int vreg in liveOut[b]) endPlaces[vreg] = places.AtEnd(b, vreg);
            foreach (LirEdge edge in code.Blocks[b].Successors) CollectEdge(b, edge, endPlaces, startPlaces);
        }
    }

    private void CollectEdge(int from, LirEdge edge, Location[] endPlaces, Location[] startPlaces)
    {
        int to = code.IndexOf(edge.To), first = transfers.Count;
        float weight = Math.Min(code.Weight(from), code.Weight(to));
        int start = code.Start(to), terminator = code.Terminator(from), next = lifetimes.Liveness.In.First(to);
        foreach (int vreg in lifetimes.Liveness.In[to])
        {
            Location source = endPlaces[vreg], destination = startPlaces[next++];
            if (source == destination || destination == Location.None) continue;
            bool isSpill = destination.IsSlot && lifetimes.Definition[vreg] != terminator;
            if (isSpill) spillCost[vreg] += weight;
            transfers.Add(new Transfer(vreg, source, destination, isSpill));
        }

        for (int i = 0; i < edge.Arguments.Length; i++)
        {
            int parameter = edge.To.Parameters[i];
            if (!places.IsAnywhere(parameter)) continue;
            Location source = endPlaces[edge.Arguments[i]], destination = places.At(parameter, start);
            if (source != destination) transfers.Add(new Transfer(edge.Arguments[i], source, destination, false));
        }

        edgeRanges.Add((from, edge, first, transfers.Count));
    }

    private readonly List<(int From, LirEdge Edge, int First, int Last)> edgeRanges = [];

    /// <summary>Whether the value is stored once where it is defined, which is right wherever it is in the frame later, since it never changes.</summary>
    private bool IsStoredAtDefinition(int vreg) =>
        places.Slot[vreg] >= 0 && spillCost[vreg] > code.Weight(code.BlockOf[lifetimes.Definition[vreg]]);

    private void CollectDefinitionStores()
    {
        for (int v = 0; v < places.Slot.Length; v++)
        {
            if (!places.IsAnywhere(v)) continue;
            int definition = lifetimes.Definition[v];
            bool isTerminator = definition == code.Terminator(code.BlockOf[definition]) && code.Instructions[definition] is not null;
            if (isTerminator) continue;
            Location place = places.At(v, lifetimes.DefinitionPosition[v]);
            Location result = lifetimes.DefinitionFixed[v] >= 0 ? Location.Register(lifetimes.DefinitionFixed[v]) : place;
            if (result != place && place != Location.None) Push(ref after, definition, new Transfer(v, result, place, false));
            if (place.IsRegister && IsStoredAtDefinition(v)) Push(ref after, definition, new Transfer(v, result, Location.Slot(places.Slot[v]), false));
        }

        foreach ((int from, LirEdge edge, int first, int last) in edgeRanges) PlaceEdge(from, edge, first, last);
    }

    /// <summary>Transfers of the edge at hand.</summary>
    private readonly List<int> needed = [];

    /// <summary>Chooses where the moves of an edge go.</summary>
    private void PlaceEdge(int from, LirEdge edge, int first, int last)
    {
        int to = code.IndexOf(edge.To);
        LirInstruction terminator = code.Instructions[code.Terminator(from)]!;
        int start = code.Start(to);
        needed.Clear();
        for (int t = first; t < last; t++)
            if (!IsRedundant(transfers[t])) needed.Add(t);
        if (!edge.IsExceptional)
        {
            foreach (ref readonly LirOperand operand in terminator.Operands.AsSpan())
            {
                int vreg = operand.VReg;
                if (operand.Role != OperandRole.Def || !places.IsAnywhere(vreg) || !IsStoredAtDefinition(vreg) || !IsLiveAt(vreg, start) || !places.At(vreg, start).IsRegister) continue;
                needed.Add(transfers.Count);
                transfers.Add(new Transfer(vreg, places.AtEnd(from, vreg), Location.Slot(places.Slot[vreg]), false));
            }
        }

        if (needed.Count == 0) return;
        bool isPlainJump = code.Blocks[from].Successors.Length == 1 && terminator.Operands.Length == 0 && !terminator.IsCall;
        if (isPlainJump || edge.To.Predecessors.Count == 1)
        {
            foreach (int t in needed)
                if (isPlainJump) atEnd.Push(from, t);
                else atStart.Push(to, t);
            return;
        }

        int at = transfers.Count;
        foreach (int t in needed) transfers.Add(transfers[t]);
        splitEdges.Add((edge, at, transfers.Count));
    }

    private bool IsLiveAt(int vreg, int position)
    {
        int r = lifetimes.FirstRangeEndingAfter(vreg, position);
        return r < lifetimes.RangeFirst[vreg + 1] && lifetimes.Ranges[r].Start <= position;
    }

    private bool IsRedundant(in Transfer transfer) => transfer.IsSpill && IsStoredAtDefinition(transfer.VReg);
}
