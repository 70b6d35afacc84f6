namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// What the last loads and stores have shown of memory, along extended basic blocks. Mu's memory is typed: a store of one kind of value changes no location of another kind, and one of an
/// element of a hybrid no field; only what is reached through a native pointer may be anything. Other threads need not be seen by loads that are not atomic.
/// </summary>
internal sealed class KnownMemory
{
    /// <summary>Code of a load after which what others have written before must be seen, and of one that is only itself done each time.</summary>
    public const byte OrderingLoad = 1, RelaxedLoad = 2;

    /// <summary>Locations remembered at a time.</summary>
    private const int Capacity = 32;

    private readonly record struct Entry(SsaNode Access, ValueKind Kind, SsaNode Value);

    private readonly Dictionary<SsaBlock, Entry[]> atEnd = [];
    private readonly List<Entry> entries = [];

    /// <summary>Begins a block with what is known at the end of its only predecessor; the header of a loop, with what is known at the only way in and the loop does not change.</summary>
    public void Enter(SsaBlock block)
    {
        entries.Clear();
        if (OnlyWayIn(block) is not { } edge || !atEnd.TryGetValue(edge.From, out Entry[]? known)) return;
        entries.AddRange(known);
        if (block.LoopBody is null) return;
        // A collection at the loop's safepoint may clear weak fields of kind tagref64, which a loop may be waiting for.
        entries.RemoveAll(e => e.Kind is not (ValueKind.Ref or ValueKind.IRef) && !IsNumber(e.Kind));
        foreach (SsaBlock part in block.LoopBody)
        {
            foreach (SsaNode node in part.Nodes) Forget(node);
            Forget(part.Terminator);
            if (entries.Count == 0) return;
        }
    }

    private static SsaEdge? OnlyWayIn(SsaBlock block)
    {
        if (block.Predecessors.Count == 1) return block.Predecessors[0];
        if (block.LoopBody is null) return null;
        SsaEdge? only = null;
        foreach (SsaEdge edge in block.Predecessors)
        {
            if (ControlFlow.Dominates(block, edge.From)) continue;
            if (only is not null) return null;
            only = edge;
        }
        return only;
    }

    private void Forget(SsaNode node)
    {
        if (node is { Op: SsaOp.Store, Code: 0 }) entries.RemoveAll(e => MayChange(node, e));
        else if (Clears(node)) entries.Clear();
    }

    /// <summary>Ends a block.</summary>
    public void Leave(SsaBlock block)
    {
        if (block.Successors.Length < 2 && block.Terminator.Op != SsaOp.Jump || Clears(block.Terminator) || entries.Count == 0) return;
        atEnd[block] = [.. entries];
    }

    /// <summary>The value that a load would give, or null. Takes notice of every node.</summary>
    public SsaNode? Access(SsaNode node)
    {
        switch (node.Op)
        {
            case SsaOp.Load when node.Code == 0:
                foreach (Entry entry in entries)
                    if (entry.Kind == node.Kind && entry.Access.Args[0] == node.Args[0] && entry.Access.Imm == node.Imm && entry.Access.Width == node.Width) return entry.Value;
                Remember(new(node, node.Kind, node));
                return null;
            case SsaOp.Store when node.Code == 0:
                entries.RemoveAll(e => MayChange(node, e));
                if (IsWholeWord(KindOf(node), node.Width)) Remember(new(node, KindOf(node), node.Args[1]));
                return null;
            default:
                if (Clears(node)) entries.Clear();
                return null;
        }
    }

    private void Remember(Entry entry)
    {
        if (entries.Count == Capacity) entries.RemoveAt(0);
        entries.Add(entry);
    }

    /// <summary>Whether the register holds what a load would bring.</summary>
    private static bool IsWholeWord(ValueKind kind, int width) => kind switch
    {
        ValueKind.I32 or ValueKind.F32 => width == 4,
        ValueKind.V128 => true,
        ValueKind.I64 or ValueKind.F64 or ValueKind.Ref or ValueKind.IRef or ValueKind.Tag => width == 8,
        _ => false,
    };

    /// <summary>After what nothing is known: calls, and atomic operations, which order what other threads do.</summary>
    public static bool Clears(SsaNode node) => node is { Op: SsaOp.Load, Code: OrderingLoad } or { Op: SsaOp.Store, Code: not 0 } || node.Op is SsaOp.CompareExchange or SsaOp.AtomicRmw or SsaOp.Fence or SsaOp.CopyBytes
        or SsaOp.Call or SsaOp.CCall or SsaOp.SwapStack or SsaOp.Trap or SsaOp.RuntimeCall;

    private static bool MayChange(SsaNode store, Entry entry)
    {
        (SsaNode a, long from) = Place(store);
        (SsaNode b, long other) = Place(entry.Access);
        bool apart = from + store.Width <= other || other + entry.Access.Width <= from;
        // Two references are to one object or to two: their fields at different offsets are different ones.
        if (apart && (a == b || a.Kind == ValueKind.Ref && b.Kind == ValueKind.Ref)) return false;
        if (!IsTyped(a) || !IsTyped(b)) return true;
        if (store.Part != ObjectPart.Unknown && entry.Access.Part != ObjectPart.Unknown && store.Part != entry.Access.Part) return false;
        ValueKind kind = KindOf(store);
        // A lane may be reached by itself.
        if (kind == ValueKind.V128 || entry.Kind == ValueKind.V128) return true;
        return IsInteger(kind) && IsInteger(entry.Kind) ? store.Width == entry.Access.Width : kind == entry.Kind;
    }

    /// <summary>The location's kind: a boxed integer that is stored may be computed as a word.</summary>
    private static ValueKind KindOf(SsaNode store) => (ValueKind)store.Scale;

    private static bool IsNumber(ValueKind kind) => IsInteger(kind) || kind is ValueKind.F32 or ValueKind.F64;

    private static bool IsInteger(ValueKind kind) => kind is ValueKind.Bool or ValueKind.I32 or ValueKind.I64;

    private static bool IsTyped(SsaNode address) => address.Kind is ValueKind.Ref or ValueKind.IRef || address is { Op: SsaOp.Symbol, Aux: IR.GlobalCell };

    private static (SsaNode Base, long Offset) Place(SsaNode access) =>
        access.Args[0] is { Op: SsaOp.Lea, Args.Length: 1 } lea ? (lea.Args[0], lea.Imm + access.Imm) : (access.Args[0], access.Imm);
}
