using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;
using Mu.Core.Compiler.X64;
using Mu.Core.IR;

namespace Mu.Core.Compiler;

/// <summary>The way of a function version to machine code.</summary>
internal static class FunctionCompiler
{
    /// <summary>Compiles up to bytes; whoever has memory for code puts them there (<see cref="CodeBuffer.Relocate"/>).</summary>
    public static Emitter Compile(FunctionVersion version, ICompilationEnvironment environment) => Compile(version, environment, Dump.For(version));

    /// <summary>The same with a choice of what is printed.</summary>
    public static Emitter Compile(FunctionVersion version, ICompilationEnvironment environment, in Dump dump)
    {
        var times = new StageTimes(dump);
        SsaGraph graph = BuildGraph(version, environment);
        times.End("graph");
        dump.Ssa(graph);

        // Instructions with virtual registers, block by block in the order of emission.
        LirFunction function = Selector.Run(graph, environment);
        times.End("selection");
        int clearedSlots = function.SlotCount;
        dump.Lir("lir", function);

        // Registers and frame slots.
        Allocate(function);
        times.End("registers");
        dump.Lir("ra", function);

        // Bytes, with cold sequences behind.
        var emitter = new Emitter(function, environment, clearedSlots) { Allocas = Allocas(graph) };
        emitter.Run();
        times.End("emission");
        dump.Assembly(emitter);
        times.Print(function, emitter);
        return emitter;
    }

    /// <summary>From IR to the graph that instructions are selected from.</summary>
    public static SsaGraph BuildGraph(FunctionVersion version, ICompilationEnvironment environment)
    {
        SsaGraph graph = SsaBuilder.Build(version, environment);
        ControlFlow.Order(graph);

        // ALLOCA in a loop gives fresh memory each time.
        FrameMemory.LeaveLoops(graph);

        // The hot code sees only what hot code makes: then kinds of values are known in it.
        GenericCopy.Make(graph);

        // What the first turn of a hot loop has tested is known in the others.
        if (version.PeelsLoops) LoopPeeling.Run(graph);

        // Everything goes through block parameters in Mu IR; most of them are some other value.
        RedundantParameters.Remove(graph);

        // Twice: what the first round decides about branches removes edges, and with them arguments that kept values apart.
        for (int round = 0; round < 2; round++)
        {
            TagKindAnalysis.Annotate(graph);
            ValueNumbering.Run(graph);
            DeadCode.Remove(graph);
            JumpThreading.Run(graph);
            foreach (SsaBlock block in graph.Blocks) RedundantParameters.ResolveUses(block);
            ControlFlow.Order(graph);
            RedundantParameters.Remove(graph);
            if (round == 0) UnboxedParameters.Run(graph);
        }

        DeadCode.Remove(graph);
        ShortCircuit.Run(graph);
        SwitchFormation.Run(graph);
        LoopPolls.Insert(graph);
        CriticalEdges.Split(graph);
        ControlFlow.Order(graph);

        // Boxes that only exits and slow paths want are made there.
        Sinking.Run(graph);
        Layout.Run(graph);
        return graph;
    }

    /// <summary>With MU_RA=frame nothing stays in registers: tells faults of the allocator from faults of selection.</summary>
    private static readonly bool AllocatesInFrame = Environment.GetEnvironmentVariable("MU_RA") == "frame";

    private static void Allocate(LirFunction function)
    {
        if (AllocatesInFrame) RegisterAllocation.FrameAllocator.Run(function, X64Target.Instance);
        else RegisterAllocation.RegisterAllocator.Run(function, X64Target.Instance);
    }

    private static List<SsaNode> Allocas(SsaGraph graph)
    {
        var allocas = new List<SsaNode>();
        foreach (SsaBlock block in graph.Blocks)
            foreach (SsaNode node in block.Nodes)
                if (node.Op == SsaOp.Alloca && node.Mark > 0) allocas.Add(node);
        return allocas;
    }
}
