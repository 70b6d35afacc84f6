namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// Which ALLOCA is in the frame. One that may be executed again while its last memory is in use, and large ones, are objects in the heap: an iref keeps its object alive and
/// follows it, so that no program can tell.
/// </summary>
internal static class FrameMemory
{
    /// <summary>Bytes of one ALLOCA that a frame takes.</summary>
    public const int Limit = 16 << 10;

    /// <summary>Code of an Alloca whose memory is out of use when it is executed again.</summary>
    public const byte AlwaysInFrame = 1;

    public static void LeaveLoops(SsaGraph graph)
    {
        bool irreducible = HasIrreducibleLoop(graph);
        foreach (SsaBlock block in graph.Blocks)
        {
            if (block.LoopDepth == 0 && !irreducible) continue;
            foreach (SsaNode node in block.Nodes)
            {
                if (node.Op != SsaOp.Alloca || node.Code == AlwaysInFrame) continue;
                node.Op = SsaOp.New;
                node.Kind = ValueKind.Ref;
                node.Imm = 0;
            }
        }
    }

    /// <summary>Whether control goes back to a block that does not dominate where it comes from: loop depths do not tell of such a loop.</summary>
    private static bool HasIrreducibleLoop(SsaGraph graph)
    {
        foreach (SsaBlock block in graph.Blocks)
            foreach (SsaEdge edge in block.Successors)
                if (ControlFlow.IsBackEdge(edge) && !ControlFlow.Dominates(edge.To, block)) return true;
        return false;
    }
}
